//! The program of coordinators for all who are registered and all who practise with them.

fn main() {
    opstap_frontend::programme::mount();
}
