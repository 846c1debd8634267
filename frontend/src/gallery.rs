//! Every component on one page, to look at and to compare with the look that was agreed.

use std::sync::Arc;

use opstap_core::model::{Face, HelpLevel};
use opstap_insight::StopFinder;
use opstap_view::prelude::*;

use crate::components::desk::{
    Bar, Columns, DeskScreen, Foot, KeyHint, Pane, Rail, RailFoot, RailLink, SidePane, Tab, Table, Tabs,
};
use crate::components::{
    Appearance, Bones, Button, Card, Choice, Confirm, DeviceState, Dots, EmptyState, FaceMark, Faces, Field, Floor,
    Hello, HelpButton, HelpLevels, HelpMark, Icon, ListRow, LoadingBones, Main, NextUp, Person, PersonSize, PhotoInput,
    Picture, ProudStairs, Saved, Screen, Segments, Sentence, Size, Source, StateChip, StateMark, Switch, TextArea,
    Tile, Tiles, Toast, Tone, TopBar, Well, icon, show_toast,
};
use crate::event::Tap;
use crate::language::{Language, choose_language, language, start_language};
use crate::navigation::{Place, go_to, segments, start_navigation};
use crate::pages::shared::stop_picker::{PickRide, Ride, RideNow};
use crate::theme::{Theme, choose_theme, theme};
use crate::words::{Text, shared};

#[derive(Clone, Copy, PartialEq)]
enum Parts {
    All,
    Today,
    Step,
    Practice,
    Desk,
    Loading,
    Stops,
}

impl Place for Parts {
    fn parse(path: &str) -> Option<Self> {
        match segments(path).as_slice() {
            ["parts"] => Some(Self::All),
            ["parts", "today"] => Some(Self::Today),
            ["parts", "step"] => Some(Self::Step),
            ["parts", "practice"] => Some(Self::Practice),
            ["desk", "parts"] => Some(Self::Desk),
            ["parts", "loading"] => Some(Self::Loading),
            ["parts", "stops"] => Some(Self::Stops),
            _ => None,
        }
    }

    fn path(&self) -> String {
        match self {
            Self::All => "/parts",
            Self::Today => "/parts/today",
            Self::Step => "/parts/step",
            Self::Practice => "/parts/practice",
            Self::Desk => "/desk/parts",
            Self::Loading => "/parts/loading",
            Self::Stops => "/parts/stops",
        }
        .to_owned()
    }

    fn up(&self) -> Self {
        Self::All
    }
}

/// Words of the gallery itself are no words of the app.
fn own(text: &str) -> Text {
    Text::from(text.to_owned())
}

/// Shows the page.
pub fn mount() {
    start_language();
    mount_to_body(|| {
        let here = start_navigation(Parts::All);
        move || match here.get() {
            Parts::All => view! { <All /> }.into_any(),
            Parts::Today => view! { <Today /> }.into_any(),
            Parts::Step => view! { <Step /> }.into_any(),
            Parts::Practice => view! { <Practice /> }.into_any(),
            Parts::Desk => view! { <Desk /> }.into_any(),
            Parts::Loading => view! { <Loading /> }.into_any(),
            Parts::Stops => view! { <Stops /> }.into_any(),
        }
    });
}

#[component]
fn All() -> impl IntoView {
    view! {
        <Screen title=own("Onderdelen")>
            <TopBar back=Tap::back() />
            <Main>
                <Sentence text=own("Alle onderdelen") title=true />
                <Places />
                <Choices />
                <Buttons />
                <Fields />
                <States />
                <Asking />
                <Marks />
            </Main>
            <Floor>
                <Button text=shared::DONE icon=Icon::CHECK appearance=Appearance::Primary tap=|| {} />
                <Button text=shared::LATER icon=Icon::CLOCK tap=|| {} />
                <HelpButton tap=|| {} />
            </Floor>
        </Screen>
    }
}

#[component]
fn Places() -> impl IntoView {
    let places = [Parts::Today, Parts::Step, Parts::Practice, Parts::Desk, Parts::Loading, Parts::Stops];
    view! {
        <ul class="list">
            {places
                .into_iter()
                .map(|place| {
                    view! {
                        <li>
                            <ListRow
                                text=own(&place.path())
                                more=own("Een scherm om te vergelijken")
                                tap=Tap::to(place)
                                lead=view! { <Picture source="memo" well=Well::Small /> }.into_any()
                            >
                                {icon(Icon::FORWARD)}
                            </ListRow>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// A region that is made up.
const REGION: &str = "opstap-stops\t1\nf\tDe Vervoerder\t20786\tCC0\ns\tMarktplein\t0\t0\ns\tKerklaan\t0\t0\n\
    s\tZuiderbrug\t0\t0\ns\tCafé ’t Hoekje\t0\t0\ns\tStation Noord\t0\t0\ns\tHaven\t0\t0\ns\tStad, Zuidplein\t0\t0\n\
    l\tbus\t3\tHaven\t0 1 2 5\nl\tbus\t32\tStation Noord\t6 0 1 3 4\nl\tbus\t32\tZuidplein\t4 3 1 0 6\nl\ttram\t2\tHaven\t0 2 5\n\
    l\tmetro\tD\tZuidplein\t4 6\n";

#[component]
fn Stops() -> impl IntoView {
    let took = |ride: Ride| show_toast(Toast::new(own(&[ride.from, ride.between.join(", "), ride.to].join(" – "))));
    let read = opstap_core::stops::Stops::read(REGION).map(|stops| Arc::new(StopFinder::new(stops)));
    let picker = read.map(|finder| view! { <PickRide finder now=RideNow::default() on_choose=took /> });
    view! { <Screen title=own("Haltes")><TopBar back=Tap::back() /><Main>{picker}</Main></Screen> }
}

#[component]
fn Choices() -> impl IntoView {
    let chosen = RwSignal::new(theme() == Theme::Dark);
    let on = RwSignal::new(true);
    view! {
        <Segments
            label=shared::LANGUAGE
            choices=Language::ALL.map(|language| Choice::new(language, language.own_name().to_owned())).to_vec()
            chosen=Signal::derive(language)
            on_choose=choose_language
        />
        <Card>
            <Switch
                text=own("donker")
                on=chosen
                on_change=move |dark: bool| {
                    chosen.set(dark);
                    choose_theme(if dark { Theme::Dark } else { Theme::Light });
                }
            />
            <Switch text=own("mijn foto’s") picture=Source::from("camera") on=on on_change=move |next| on.set(next) />
        </Card>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let all = [
        ("Klaar", Appearance::Primary),
        ("Ik ben er", Appearance::Way),
        ("Ja, ik kan het", Appearance::Proud),
        ("Lukt niet", Appearance::Quiet),
        ("Hulp", Appearance::Help),
        ("Probeer het nu", Appearance::Plain),
        ("Alles uit", Appearance::Danger),
    ];
    view! {
        <div class="row">
            {all
                .into_iter()
                .map(|(text, appearance)| view! { <Button text=own(text) appearance tap=|| {} /> })
                .collect_view()}
            <Button text=own("Nog niet") disabled=Signal::stored(true) tap=|| {} />
            <Button text=own("Zoek") icon=Icon::SEARCH mark_only=true tap=|| {} />
            <Button text=own("Gereedschap") size=Size::Tool tap=|| {} />
            <PhotoInput text=shared::TAKE_PHOTO on_photo=|_| show_toast(Toast::new(own("Foto gekozen"))) />
        </div>
        <Button text=own("Groot en breed") wide=true size=Size::Large appearance=Appearance::Primary tap=|| {} />
    }
}

#[component]
fn Fields() -> impl IntoView {
    let text = RwSignal::new("Pak het bruine brood en een kar".to_owned());
    let advice = Signal::derive(move || {
        text.get().contains(" en ").then(|| "Dit zijn twee dingen. Maak er twee stappen van?".to_owned())
    });
    view! {
        <Field label=own("Zin") value=text on_input=move |next| text.set(next) advice hint=own("Hooguit 12 woorden.") />
        <TextArea label=own("Wat was lastig?") value=text on_input=move |next| text.set(next) />
    }
}

#[component]
fn States() -> impl IntoView {
    view! {
        <div class="row">
            <StateMark saved=Saved::OnDevice />
            <StateMark saved=Saved::Sent />
            <StateMark saved=Saved::Problem />
            <StateChip state=DeviceState { waiting: 3, problems: 0 } tap=|| {} />
            <StateChip state=DeviceState { waiting: 3, problems: 2 } tap=|| {} />
        </div>
        <div class="row">
            <Person name="Sem".to_owned() size=PersonSize::Small />
            <Person name="Karin".to_owned() />
            <Person name="Youssef".to_owned() size=PersonSize::Large />
            <FaceMark face=Face::Good />
            {HelpLevel::ALL.iter().map(|level| view! { <HelpMark level=Some(*level) letter=true /> }).collect_view()}
            <HelpMark level=Some(HelpLevel::Hint) />
            <HelpMark level=None />
        </div>
        <Card tone=Tone::Problem>
            <p>"Dit toestel moet opnieuw aan. Bel Marloes."</p>
        </Card>
        <Card tone=Tone::Way>
            <p>"Tik op de knop. Karin ziet het, zodra er internet is."</p>
        </Card>
        <div class="pride grow">
            <ProudStairs
                pictograms=["alarm-clock", "pill", "shopping-cart", "metro", "cooking"].map(str::to_owned).to_vec()
                label=own("Een trap met vijf treden")
            />
            <Sentence text=own("Klaar vandaag") />
            <p>"Vijf dingen gedaan."</p>
        </div>
        <EmptyState picture="hot-beverage" sentence=own("Vandaag staat er niets.") more=own("Kies een plan.")>
            <Button text=own("Kies een plan") icon=Icon::PLUS wide=true tap=|| {} />
        </EmptyState>
    }
}

#[component]
fn Asking() -> impl IntoView {
    let open = RwSignal::new(false);
    let answered = move |text: &'static str| {
        open.set(false);
        show_toast(Toast::new(own(text)).with_undo(|| go_to(Parts::Today)));
    };
    view! {
        <Button text=own("Haal weg") icon=Icon::TRASH appearance=Appearance::Danger tap=move || open.set(true) />
        <Confirm
            open
            question=own("Haal je deze stap weg?")
            yes=own("Haal weg")
            on_yes=move |()| answered("De stap is weg.")
            on_no=move |()| answered("De stap blijft.")
        />
    }
}

#[component]
fn Marks() -> impl IntoView {
    let marks = Icon::ALL.iter().map(|(name, mark)| view! { <span title=*name>{icon(*mark)}</span> }).collect_view();
    view! { <div class="row">{marks}</div> }
}

#[component]
fn Today() -> impl IntoView {
    view! {
        <Screen title=own("Vandaag")>
            <TopBar lead=view! { <Hello date=own("24 november") day=own("Dinsdag") /> }.into_any()>
                <StateChip state=DeviceState { waiting: 3, problems: 0 } tap=|| {} />
                <Person name="Sem".to_owned() />
            </TopBar>
            <Main>
                <NextUp
                    text=own("Bood\u{ad}schappen doen")
                    picture="shopping-cart"
                    action=own("Ga verder")
                    tap=Tap::to(Parts::Step)
                />
                <Tiles>
                    <Tile text=own("Naar school") when=own("om 1 uur") picture="metro" tap=|| {} />
                    <Tile text=own("Eten koken") when=own("om 6 uur") picture="cooking" tap=|| {} />
                    <Tile text=own("Opstaan") when=own("klaar") picture="alarm-clock" done=true tap=|| {} />
                    <Tile text=own("Medicijnen") when=own("klaar") picture="pill" done=true tap=|| {} />
                </Tiles>
            </Main>
            <Floor>
                <Button text=own("Mijn boek") icon=Icon::BOOK tap=|| {} />
                <HelpButton tap=|| {} />
            </Floor>
        </Screen>
    }
}

#[component]
fn Step() -> impl IntoView {
    let now = RwSignal::new(3);
    view! {
        <Screen title=own("Boodschappen doen")>
            <TopBar back=Tap::back()>
                <StateChip state=DeviceState { waiting: 1, problems: 0 } />
            </TopBar>
            <Main>
                <Dots now all=7 counted=false />
                <Picture source="bread" well=Well::Large />
                <Sentence text=own("Pak het bruine brood van de plank.") title=true />
            </Main>
            <Floor>
                <Button
                    text=shared::DONE
                    icon=Icon::CHECK
                    appearance=Appearance::Primary
                    tap=move || now.update(|now| *now = *now % 7 + 1)
                />
                <Button text=own("Lukt niet") tap=|| {} />
                <HelpButton tap=|| {} />
            </Floor>
        </Screen>
    }
}

#[component]
fn Practice() -> impl IntoView {
    let level = RwSignal::new(None);
    let face = RwSignal::new(Some(Face::Good));
    view! {
        <Screen title=own("Oefening 4")>
            <TopBar back=Tap::back() back_text=own("Oefening 4")>
                <StateMark saved=Saved::OnDevice />
            </TopBar>
            <Main>
                <h1>"Drukt op tijd op stop"</h1>
                <HelpLevels chosen=level on_choose=move |next| level.set(Some(next)) />
                <Faces chosen=face on_choose=move |next| face.set(Some(next)) />
            </Main>
        </Screen>
    }
}

#[component]
fn Loading() -> impl IntoView {
    view! {
        <Screen title=own("Laden")>
            <TopBar lead=view! { <Hello date=own("24 november") day=own("Dinsdag") /> }.into_any() />
            <Main>
                <LoadingBones shape=Bones::Today />
            </Main>
            <Floor>
                <Button text=own("Mijn boek") icon=Icon::BOOK tap=|| {} />
                <HelpButton tap=|| {} />
            </Floor>
        </Screen>
    }
}

#[component]
fn Desk() -> impl IntoView {
    let rail = view! {
        <Rail>
            <RailLink text=own("Aandacht") icon=Icon::BELL tap=Tap::to(Parts::Desk) current=true count=9 />
            <RailLink text=own("Cliënten") icon=Icon::PEOPLE tap=Tap::to(Parts::All) current=false count=200 />
            <RailLink text=own("Plannen") icon=Icon::STAIRS tap=Tap::to(Parts::All) current=false />
            <RailFoot>
                <StateChip state=DeviceState::default() />
                <span class="row"><Person name="Marloes".to_owned() />"Marloes"</span>
            </RailFoot>
        </Rail>
    };
    view! {
        <DeskScreen title=own("Sem de Boer") rail=rail.into_any()>
            <Bar
                title=own("Sem de Boer")
                more=own("24 jaar, woont zelf")
                lead=view! { <Person name="Sem".to_owned() size=PersonSize::Large /> }.into_any()
            >
                <Button text=own("Bericht") icon=Icon::MESSAGE tap=|| {} />
                <Button text=own("Bel Sem") icon=Icon::PHONE appearance=Appearance::Primary tap=Tap::out("tel:0".to_owned()) />
            </Bar>
            <Tabs label=own("Sem de Boer")>
                <Tab text=own("Overzicht") tap=Tap::to(Parts::Desk) current=true />
                <Tab text=own("Plannen") tap=Tap::to(Parts::Step) current=false />
            </Tabs>
            <Columns>
                <Pane>
                    <DeskTable />
                </Pane>
                <SidePane>
                    <h2>"Wat mag ik zien"</h2>
                    <ul class="list">
                        <li><ListRow text=own("Plannen en voortgang") more=own("tot Sem stopt") /></li>
                        <li><ListRow text=own("Foto’s") more=own("tot en met 31 januari") tap=|| {} current=true /></li>
                    </ul>
                    <Card tone=Tone::Help><p>"Hulp gevraagd om 08:52"</p></Card>
                </SidePane>
            </Columns>
            <Foot>
                <KeyHint keys=&["J", "K"] text=own("rij") />
                <KeyHint keys=&["Enter"] text=own("open") />
            </Foot>
        </DeskScreen>
    }
}

#[component]
fn DeskTable() -> impl IntoView {
    let shown = RwSignal::new(0);
    view! {
        <div class="row">
            <h2>"Hulp per stap"</h2>
            <span class="push">
                <Segments
                    label=own("Weergave")
                    choices=vec![Choice::new(0, own("Plot")), Choice::new(1, own("Tabel"))]
                    chosen=shown
                    on_choose=move |next| shown.set(next)
                />
            </span>
        </div>
        <Table caption=own("Boodschappen doen, laatste 3 keer")>
            <thead>
                <tr><th scope="col">"Stap"</th><th scope="col">"Hulp"</th><th scope="col" class="n">"Minuten"</th></tr>
            </thead>
            <tbody>
                {HelpLevel::ALL
                    .iter()
                    .map(|level| {
                        view! {
                            <tr>
                                <th scope="row">"Pak een kar"</th>
                                <td><HelpMark level=Some(*level) letter=true /></td>
                                <td class="n">"2,5"</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </Table>
    }
}
