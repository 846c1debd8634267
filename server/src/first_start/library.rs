//! The library: every plan file that the program carries becomes a template in each of its languages.

use opstap_core::model::{CircleKind, Model, OrganisationRole, Picture, Plan, Step};
use opstap_core::plan_format::{self, Language, PlanFile, PlanStep, Words};
use opstap_core::{Change, OrganisationId, PersonId, RecordId, library, order};
use opstap_sync_server::Storage;

use super::{FirstStartError, Pen, Start};

/// The languages that the library is kept in.
const LANGUAGES: [Language; 2] = [Language::Dutch, Language::English];

/// The plan files that the program carries, in order of name.
fn plan_files() -> Result<Vec<PlanFile>, FirstStartError> {
    let files = library::PLANS.iter();
    Ok(files.map(|content| plan_format::parse(content)).collect::<Result<_, _>>()?)
}

/// One template.
pub struct Template {
    /// The plan file it was made of.
    pub file: PlanFile,
    /// Its language.
    pub language: Language,
    /// Its record in the library.
    pub plan: RecordId,
}

/// The library as it was just made.
pub struct Library {
    templates: Vec<Template>,
}

impl Library {
    /// Makes the library circle and its templates, as edits by this person.
    ///
    /// # Errors
    /// When the service fails or a plan file cannot be read.
    pub async fn make<S: Storage>(
        start: &Start<'_, S>,
        organisation: OrganisationId,
        by: PersonId,
    ) -> Result<Self, FirstStartError> {
        let circle = start.service.create_circle(organisation, CircleKind::Library, &[]).await?;
        let mut pen = Pen::new(start, organisation, (by, OrganisationRole::Administrator), circle);
        let files = plan_files()?;
        let mut templates = Vec::new();
        let places = order::first(files.len());
        for (file, place) in files.into_iter().zip(places) {
            for language in LANGUAGES {
                if file.title.exactly(language).is_none() {
                    continue;
                }
                let plan = pen.id();
                let head = Plan { order: Some(place.clone()), ..head(&file, language) };
                let mut changes = vec![head.make(plan)];
                changes.extend(steps(&pen, plan, &file, language));
                pen.write(start.clock.now(), None, changes);
                templates.push(Template { file: file.clone(), language, plan });
            }
        }
        pen.hand_in().await?;
        Ok(Self { templates })
    }

    /// The template made of this plan file in this language.
    #[must_use]
    pub fn template(&self, file: &str, language: Language) -> Option<&Template> {
        self.templates.iter().find(|template| template.file.id.as_str() == file && template.language == language)
    }
}

/// A plan as its file says, without a place or a time of the day.
#[must_use]
pub fn head(file: &PlanFile, language: Language) -> Plan {
    Plan {
        picture: Some(Picture::Pictogram(file.picture.as_str().to_owned())),
        theme: Some(file.theme.code().to_owned()),
        language: Some(language.code().to_owned()),
        file: Some(file.id.as_str().to_owned()),
        ..Plan::titled(file.title.get(language))
    }
}

/// The changes that make the steps of a plan below it, in order.
pub fn steps<S: Storage>(pen: &Pen<'_, S>, plan: RecordId, file: &PlanFile, language: Language) -> Vec<Change> {
    let places = order::first(file.steps.len());
    let made = file.steps.iter().zip(places).map(|(step, place)| {
        let step = Step { picture: picture(step), ..Step::saying(place, words(&step.text, language)) };
        step.make_below(pen.id(), plan)
    });
    made.collect()
}

fn words(words: &Words, language: Language) -> String {
    words.get(language).to_owned()
}

fn picture(step: &PlanStep) -> Option<Picture> {
    step.picture.as_ref().map(|name| Picture::Pictogram(name.as_str().to_owned()))
}
