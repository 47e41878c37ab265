//! Where members live as a picture: an area is as large as its share, and lies inside the area
//! that it belongs to (a squarified treemap, after Bruls, Huizing and van Wijk).

use crate::members::spread::Share;

/// The picture's width, in the units of its drawing; about pixels on a desk's screen.
pub(super) const WIDTH: i64 = 860;
/// The strip in which an area's name stands.
const HEAD: f64 = 22.0;
/// Between areas.
const GAP: f64 = 3.0;
/// The size of names.
const LETTER: f64 = 13.0;
const LINE: f64 = 16.0;

/// A place in the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place {
    x: f64,
    y: f64,
    width: f64,
    height: f64,
}

/// An area of the picture, in whole units.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub x: i64,
    pub y: i64,
    pub width: i64,
    pub height: i64,
    /// Where it leads.
    pub url: String,
    /// Its name and number, for who points at it.
    pub title: String,
    /// What is written on it, as far as there is room: its name in lines, and its number.
    pub lines: Vec<Written>,
    /// How many live there beside the other parts, 1 (few) to 4.
    pub tint: i64,
    /// The parts that lie in it.
    pub parts: Vec<Block>,
}

/// A line of writing.
#[derive(Debug)]
pub(super) struct Written {
    pub x: i64,
    pub y: i64,
    pub text: String,
}

/// What is told of a share.
pub(super) struct Told {
    pub url: String,
    pub title: String,
    pub count: String,
}

/// An area with its parts, both the largest first.
pub(super) struct Area {
    pub code: String,
    pub name: String,
    pub url: String,
    pub title: String,
    pub members: i64,
    pub parts: Vec<Share>,
}

/// The whole picture of these areas, the largest first, at this height.
pub(super) fn draw(areas: &[Area], height: i64, told: impl Fn(&Share) -> Told) -> Vec<Block> {
    let whole = Place { x: 0.0, y: 0.0, width: WIDTH as f64, height: height as f64 };
    let alone = areas.len() == 1;
    let parts = areas.iter().flat_map(|area| &area.parts);
    let most = parts.map(|part| part.members).max().unwrap_or(1);
    let weights: Vec<i64> = areas.iter().map(|area| area.members).collect();
    areas
        .iter()
        .zip(squarify(&weights, whole))
        .map(|(area, place)| {
            let place = if alone { place } else { shrunk(place, GAP) };
            let headed = !alone && place.height > 3.0 * HEAD && fits(&area.name, place.width);
            let mut block = Block { url: area.url.clone(), title: area.title.clone(), ..at(place) };
            let mut inner = place;
            if headed {
                block.lines = vec![written(place.x + 5.0, place.y + 16.0, area.name.clone())];
                inner.y += HEAD;
                inner.height -= HEAD;
            }
            let weights: Vec<i64> = area.parts.iter().map(|part| part.members).collect();
            block.parts = area
                .parts
                .iter()
                .zip(squarify(&weights, inner))
                .map(|(part, place)| {
                    let Told { url, title, count } = told(part);
                    let place = shrunk(place, 2.0);
                    let lines = inscribed(&part.name, &count, place);
                    let tint = 1 + (part.members * 4 - 1).clamp(0, most * 4 - 1) / most.max(1);
                    Block { url, title, lines, tint, ..at(place) }
                })
                .collect();
            block
        })
        .collect()
}

fn at(place: Place) -> Block {
    let (left, top) = (place.x.round(), place.y.round());
    Block {
        x: left as i64,
        y: top as i64,
        width: ((place.x + place.width).round() - left).max(1.0) as i64,
        height: ((place.y + place.height).round() - top).max(1.0) as i64,
        ..Block::default()
    }
}

fn shrunk(place: Place, by: f64) -> Place {
    Place { width: (place.width - by).max(1.0), height: (place.height - by).max(1.0), ..place }
}

fn written(x: f64, y: f64, text: String) -> Written {
    Written { x: x.round() as i64, y: y.round() as i64, text }
}

/// How wide a text is, nearly: Han characters are square, others about half as wide.
fn width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.6 } else { 1.0 }).sum::<f64>() * LETTER
}

fn fits(text: &str, room: f64) -> bool {
    width(text) + 8.0 <= room
}

/// A name in one to three lines with its number below it, or none where it has no room. Only
/// Chinese is broken anywhere.
fn inscribed(name: &str, count: &str, place: Place) -> Vec<Written> {
    let characters: Vec<char> = name.chars().collect();
    let most = if name.is_ascii() { 1 } else { 3 };
    for parts in 1..=most {
        let mut lines: Vec<String> = characters
            .chunks(characters.len().div_ceil(parts).max(1))
            .map(|line| line.iter().collect())
            .collect();
        let room = ((place.height - 5.0) / LINE) as usize;
        if lines.len() <= room && lines.iter().all(|line| fits(line, place.width)) {
            if lines.len() < room {
                lines.push(count.to_owned());
            }
            let place = |at: usize| (place.x + 5.0, place.y + LINE * (at as f64 + 1.0) - 1.0);
            return lines
                .into_iter()
                .enumerate()
                .map(|(at, line)| written(place(at).0, place(at).1, line))
                .collect();
        }
    }
    Vec::new()
}

/// Places for these weights (the largest first), filling the whole, as near to squares as can be.
fn squarify(weights: &[i64], whole: Place) -> Vec<Place> {
    let total: i64 = weights.iter().sum();
    let mut places = Vec::with_capacity(weights.len());
    let mut left = whole;
    let scale = whole.width * whole.height / (total.max(1) as f64);
    let areas: Vec<f64> = weights.iter().map(|weight| *weight as f64 * scale).collect();
    let mut start = 0;
    while start < areas.len() {
        let side = left.width.min(left.height);
        let mut end = start + 1;
        while end < areas.len()
            && worst(&areas[start..=end], side) <= worst(&areas[start..end], side)
        {
            end += 1;
        }
        left = lay(&areas[start..end], left, &mut places);
        start = end;
    }
    places
}

/// The longest ratio of sides in a row along a side.
fn worst(row: &[f64], side: f64) -> f64 {
    let sum: f64 = row.iter().sum();
    let thick = sum / side;
    row.iter()
        .map(|area| {
            let long = area / thick;
            (long / thick).max(thick / long)
        })
        .fold(0.0, f64::max)
}

/// Lays a row along the shorter side; what is left.
fn lay(row: &[f64], left: Place, places: &mut Vec<Place>) -> Place {
    let sum: f64 = row.iter().sum();
    let (mut x, mut y) = (left.x, left.y);
    if left.width >= left.height {
        let thick = sum / left.height.max(1.0);
        for area in row {
            let long = area / thick;
            places.push(Place { x, y, width: thick, height: long });
            y += long;
        }
        Place { x: left.x + thick, width: (left.width - thick).max(0.0), ..left }
    } else {
        let thick = sum / left.width.max(1.0);
        for area in row {
            let long = area / thick;
            places.push(Place { x, y, width: long, height: thick });
            x += long;
        }
        Place { y: left.y + thick, height: (left.height - thick).max(0.0), ..left }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_as_large_as_their_shares_and_fill_the_whole_without_overlap() {
        let whole = Place { x: 0.0, y: 0.0, width: 100.0, height: 60.0 };
        let weights = [60, 60, 40, 30, 20, 10, 5, 1];
        let places = squarify(&weights, whole);
        let total: i64 = weights.iter().sum();
        for (weight, place) in weights.iter().zip(&places) {
            let share = place.width * place.height / 6000.0;
            assert!((share - *weight as f64 / total as f64).abs() < 1e-9, "{place:?}");
            assert!(place.x + place.width < 100.001 && place.y + place.height < 60.001);
        }
        for (at, one) in places.iter().enumerate() {
            for other in &places[at + 1..] {
                let apart = one.x + one.width <= other.x + 1e-9
                    || other.x + other.width <= one.x + 1e-9
                    || one.y + one.height <= other.y + 1e-9
                    || other.y + other.height <= one.y + 1e-9;
                assert!(apart, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn a_name_is_broken_or_left_out_where_it_has_no_room() {
        let place = |width, height| Place { x: 0.0, y: 0.0, width, height };
        let lines = |name: &str, width, height| -> Vec<String> {
            let written = inscribed(name, "32", place(width, height));
            written.into_iter().map(|line| line.text).collect()
        };
        assert_eq!(lines("四平路街道", 100.0, 30.0), ["四平路街道"]);
        assert_eq!(lines("四平路街道", 100.0, 40.0), ["四平路街道", "32"]);
        assert_eq!(lines("四平路街道", 60.0, 40.0), ["四平路", "街道"]);
        assert!(lines("四平路街道", 60.0, 20.0).is_empty());
        assert!(lines("Maple Street", 60.0, 90.0).is_empty());
    }
}
