//! Several people at once in real browsers, round a real server that is really stopped: what the journey, the screenshots and the
//! benchmark of the app are told with.

mod arguments;
mod driver;
mod evidence;
mod feed;
mod film;
mod look;
mod missed;
mod person;
mod photo;
mod server;
mod stage;
mod surroundings;
mod until;
mod whereabouts;
mod window;

pub use driver::Chromedriver;
pub use feed::HERE;
pub use film::film;
pub use missed::{Missed, Step};
pub use person::Person;
pub use photo::{heavy_photo, photo};
pub use server::Server;
pub use stage::{Stage, Tools};
pub use until::PATIENCE;
pub use window::Window;
