//! Builds again when a migration was added: they are carried in the binary.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
