//! Glue and programs made small: what goes, what stays, and what stops the build.

use walrus::{FunctionBuilder, Module, ModuleConfig};

use super::*;

/// What wasm-bindgen writes, as far as it matters here: a class of a crate, imports that only the class needs, a table that
/// only such an import needs, closures, and the start.
const GLUE: &str = r#"export class Stream {
    free() {
        const ptr = this.__destroy_into_raw();
        wasm.__wbg_stream_free(ptr, 0);
    }
    /**
     * @returns {any}
     */
    pull(controller) {
        return wasm.stream_pull(this.__wbg_ptr, controller);
    }
}
if (Symbol.dispose) Stream.prototype[Symbol.dispose] = Stream.prototype.free;
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_log_0123456789abcdef: function(arg0) {
            // Writes a line: it's done `here`.
            console.log(`line ${getText(arg0)} // ${arg0}`);
        },
        __wbg_enqueue_89abcdef01234567: function(arg0) {
            arg0.enqueue(__wbindgen_enum_Mode[arg0], "  /* kept */  ");
        },
        __wbindgen_generic_0000000000000001: function(arg0, arg1) {
            const ret = makeClosure(arg0, arg1, convert_closures_0123456789abcdef_invoke);
            return ret;
        },
    };
    return {
        __proto__: null,
        "./app_bg.js": import0,
    };
}

function convert_closures_0123456789abcdef_invoke(arg0, arg1) {
    wasm.convert_closures_0123456789abcdef_invoke(arg0, arg1);
}

const __wbindgen_enum_Mode = ["a", "b"];
const StreamFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_stream_free(ptr, 1));

function getText(ptr) {
    return String.fromCharCode(new Uint8Array(wasm.memory.buffer)[ptr / 1]);
}

function makeClosure(arg0, arg1, f) {
    return (...args) => f(arg0, arg1, ...args);
}

let wasmModule, wasm;
function __wbg_finalize_init(instance, module) {
    wasm = instance.exports;
    wasmModule = module;
    wasm.__wbindgen_start();
    return wasm;
}

function initSync(module) {
    return __wbg_finalize_init(new WebAssembly.Instance(module, __wbg_get_imports()), module);
}

async function __wbg_init(module_or_path) {
    if (wasm !== undefined) return wasm;
    if (module_or_path === undefined) {
        module_or_path = new URL('app_bg.wasm', import.meta.url);
    }
    const { instance, module } = await WebAssembly.instantiateStreaming(fetch(module_or_path), __wbg_get_imports());
    return __wbg_finalize_init(instance, module);
}

export { initSync, __wbg_init as default };
"#;

/// The program of that glue. The functions of the class call one import, the start calls the others; nobody calls `main` from
/// outside.
fn program() -> Module {
    let mut module = Module::with_config(ModuleConfig::new());
    let signature = module.types.add(&[], &[]);
    let mut import = |name: &str| module.add_import_func("./app_bg.js", name, signature).0;
    let log = import("__wbg_log_0123456789abcdef");
    let closure = import("__wbindgen_generic_0000000000000001");
    let enqueue = import("__wbg_enqueue_89abcdef01234567");
    for (name, callees) in [
        ("__wbg_stream_free", &[enqueue][..]),
        ("stream_pull", &[enqueue, log]),
        ("convert_closures_0123456789abcdef_invoke", &[log]),
        ("main", &[log]),
        ("__wbindgen_start", &[log, closure]),
        ("__wbindgen_free", &[]),
    ] {
        let mut function = FunctionBuilder::new(&mut module.types, &[], &[]);
        for callee in callees {
            function.func_body().call(*callee);
        }
        let function = function.finish(vec![], &mut module.funcs);
        module.exports.add(name, function);
    }
    let memory = module.memories.add_local(false, false, 1, None, None);
    module.exports.add("memory", memory);
    module
}

fn failure_of(glue: &str) -> String {
    slim(&program().emit_wasm(), glue).map(|slim| slim.glue).unwrap_err().to_string()
}

#[test]
fn only_what_the_start_needs_is_left_and_under_short_names() {
    let slim = slim(&program().emit_wasm(), GLUE).unwrap();
    assert_eq!(
        slim.glue,
        "function a(){const import0={__proto__:null,\
         a:function(arg0){console.log(`line ${c(arg0)} // ${arg0}`);},\
         b:function(arg0,arg1){const ret=d(arg0,arg1,b);return ret;},};\
         return{__proto__:null,\"g\":import0,};}\n\
         function b(arg0,arg1){wasm.a(arg0,arg1);}\n\
         function c(ptr){return String.fromCharCode(new Uint8Array(wasm.d.buffer)[ptr/1]);}\n\
         function d(arg0,arg1,f){return(...args)=>f(arg0,arg1,...args);}\n\
         let e,wasm;function g(instance,module){wasm=instance.exports;e=module;wasm.b();return wasm;}\n\
         async function h(module_or_path){if(wasm!==undefined)return wasm;\
         if(module_or_path===undefined){module_or_path=new URL('app_bg.wasm',import.meta.url);}\n\
         const{instance,module}=await WebAssembly.instantiateStreaming(fetch(module_or_path),a());\
         return g(instance,module);}\n\
         export{h as default};"
    );
    let program = Program::read(&slim.wasm).unwrap();
    assert_eq!(program.imports().collect::<Vec<_>>(), [("g", "a"), ("g", "b")]);
    assert_eq!(program.exports().collect::<Vec<_>>(), ["a", "b", "c", "d"]);
}

#[test]
fn functions_that_nothing_calls_any_more_leave_the_program() {
    let before = Module::from_buffer(&program().emit_wasm()).unwrap().functions().count();
    let after = slim(&program().emit_wasm(), GLUE).unwrap().wasm;
    assert_eq!((before, Module::from_buffer(&after).unwrap().functions().count()), (9, 5));
}

#[test]
fn notes_for_other_tools_do_not_travel() {
    let mut module = program();
    module.customs.add(walrus::RawCustomSection { name: "target_features".to_owned(), data: vec![0] });
    let slim = slim(&module.emit_wasm(), GLUE).unwrap();
    assert_eq!(Module::from_buffer(&slim.wasm).unwrap().customs.iter().count(), 0);
}

#[test]
fn what_comes_from_another_module_keeps_its_name() {
    let mut module = program();
    let signature = module.types.add(&[], &[]);
    let other = module.add_import_func("./snippets/a.js", "paint", signature).0;
    module.exports.add("__wbindgen_other", other);
    let wasm = module.emit_wasm();
    let glue = GLUE.replace("\"./app_bg.js\": import0,", "\"./app_bg.js\": import0,\n\"./snippets/a.js\": import1,");
    let glue = format!("import * as import1 from \"./snippets/a.js\"\n{glue}");
    let slim = slim(&wasm, &glue).unwrap();
    assert!(slim.glue.starts_with("import*as import1 from\"./snippets/a.js\"\nfunction"), "{}", slim.glue);
    let program = Program::read(&slim.wasm).unwrap();
    assert!(program.imports().any(|import| import == ("./snippets/a.js", "paint")));
}

#[test]
fn a_class_that_the_program_hands_over_stops_the_build() {
    let failure = failure_of(&GLUE.replace("console.log(", "Stream.__wrap("));
    assert!(failure.contains("the class Stream"), "{failure}");
}

#[test]
fn a_name_that_the_program_does_not_export_stops_the_build() {
    let failure = failure_of(&GLUE.replace("wasm.memory", "wasm.memories"));
    assert!(failure.contains("wasm.memories"), "{failure}");
    // Even when it is what something else will be called.
    let failure = failure_of(&GLUE.replace("wasm.memory", "wasm.a"));
    assert!(failure.contains("wasm.a"), "{failure}");
}

#[test]
fn an_import_that_the_glue_does_not_have_stops_the_build() {
    let failure = failure_of(&GLUE.replace("__wbg_log_0123456789abcdef:", "__wbg_log:"));
    assert!(failure.contains("imports __wbg_log_0123456789abcdef"), "{failure}");
}

#[test]
fn a_script_of_our_own_loses_its_comments_and_no_more() {
    let own = "// Why.\nconst is = (path) => /-[0-9a-f]{8,}\\.[a-z0-9]+$/.test(path); // Hashed.\n\
        const at = `${path}?${is(path) ? `a//b` : \"c // d\"}`;\n";
    let served =
        "const is=(path)=>/-[0-9a-f]{8,}\\.[a-z0-9]+$/.test(path);const at=`${path}?${is(path)?`a//b`:\"c // d\"}`;";
    assert_eq!(script(own).unwrap().trim_end(), served);
}
