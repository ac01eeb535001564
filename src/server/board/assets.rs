//! Style, script and icon of the pages; an organisation may put its own `theme.css` before the program.

use crate::server::problem::Problem;
use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

pub(crate) async fn asset(Path(file): Path<String>) -> Result<Response, Problem> {
    let (kind, text) = match file.as_str() {
        "theme.css" => ("text/css; charset=utf-8", include_str!("assets/theme.css")),
        "board.css" => ("text/css; charset=utf-8", include_str!("assets/board.css")),
        "board.js" => ("text/javascript; charset=utf-8", include_str!("assets/board.js")),
        "icon.svg" => ("image/svg+xml", include_str!("assets/icon.svg")),
        _ => return Err(Problem::not_found("such file", "zo'n bestand")),
    };
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
