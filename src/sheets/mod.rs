//! Tables from and for Excel and WPS.
