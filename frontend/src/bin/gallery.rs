//! Every component on one page, to look at.

fn main() {
    opstap_frontend::gallery::mount();
}
