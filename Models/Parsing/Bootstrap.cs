using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Files;
using Models.Rendering.Context;
using Models.Rendering.Macros;

namespace Models.Parsing;

/// <summary>The context of files that are read before the project is known: profiles.yml, dbt_project.yml, packages.yml.</summary>
internal static class Bootstrap
{
    public static Target NoTarget { get; } = new()
    {
        ProfileName = "",
        Name = "",
        Database = "",
        Schema = "",
        User = "",
        Threads = 1,
        ConnectionString = "",
        Fields = new Dictionary<string, object?>(),
    };

    public static NodeContext NewContext(CompileOptions options, DiagnosticBag diagnostics, Target target, bool mayReadSecrets = false)
    {
        var project = new DbtProject
        {
            Name = "",
            Options = options,
            Target = target,
            Diagnostics = diagnostics,
            Macros = new MacroIndex("", [], new Dictionary<string, IReadOnlyList<string>>()),
            Vars = new VarLookup(options, root: null, new Dictionary<string, ProjectFile>()),
            Packages = [],
            Flags = new FlagsObject(options, new JinjaDict()),
            RunStartedAt = options.TimeProvider.GetUtcNow(),
        };
        return new NodeContext(project, package: "", node: null, connection: null) { MayReadSecrets = mayReadSecrets };
    }
}
