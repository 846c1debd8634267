//! `GET /api/lists/{file}`: lists of what a professional may read, to keep.

mod get;
mod of_the_programme;

use super::caller::Caller;

impl Caller {
    /// The lines of a list, its head first.
    pub async fn lists(&self, below: &str) -> Vec<String> {
        let reply = self.get(&format!("/api/lists/{below}")).await.expect(200);
        assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
        assert_eq!(reply.header("cache-control"), Some("private, no-store"));
        let text = String::from_utf8(reply.body.to_vec()).unwrap();
        text.lines().map(str::to_owned).collect()
    }
}
