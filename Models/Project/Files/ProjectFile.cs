using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Graph;

namespace Models.Project.Files;

/// <summary>The content of a package's dbt_project.yml. Source: docs.getdbt.com/reference/dbt_project.yml.</summary>
internal sealed class ProjectFile
{
    public required string Name { get; init; }

    /// <summary>The absolute path of the folder that holds the file.</summary>
    public required string Root { get; init; }

    public required SourceText Source { get; init; }

    public string? Version { get; init; }

    public string? ProfileName { get; init; }

    /// <summary>The conditions of <c>require-dbt-version</c> as written; all of them must be met.</summary>
    public IReadOnlyList<(string Text, SourceSpan Span)> RequiredVersions { get; init; } = [];

    public IReadOnlyList<string> ModelPaths { get; init; } = ["models"];

    public IReadOnlyList<string> SeedPaths { get; init; } = ["seeds"];

    public IReadOnlyList<string> SnapshotPaths { get; init; } = ["snapshots"];

    public IReadOnlyList<string> AnalysisPaths { get; init; } = ["analyses"];

    public IReadOnlyList<string> TestPaths { get; init; } = ["tests"];

    public IReadOnlyList<string> MacroPaths { get; init; } = ["macros"];

    public IReadOnlyList<string> FunctionPaths { get; init; } = ["functions"];

    /// <summary>The folders of docs blocks; null to use all other folders.</summary>
    public IReadOnlyList<string>? DocsPaths { get; init; }

    /// <summary>Folders of files that the documentation can show.</summary>
    public IReadOnlyList<string> AssetPaths { get; init; } = [];

    public string TargetPath { get; init; } = "target";

    public string PackagesPath { get; init; } = "dbt_packages";

    /// <summary>The folders that <c>clean</c> removes; null if the project does not configure them.</summary>
    public IReadOnlyList<string>? CleanTargets { get; init; }

    public IReadOnlyDictionary<ResourceType, ConfigTree> Configs { get; init; } = new Dictionary<ResourceType, ConfigTree>();

    public JinjaDict Vars { get; init; } = new();

    /// <summary>vars.yml, if the vars of the project may stand there; null if there is no such file.</summary>
    public SourceText? VarsFile { get; init; }

    public IReadOnlyList<HookText> OnRunStart { get; init; } = [];

    public IReadOnlyList<HookText> OnRunEnd { get; init; } = [];

    /// <summary>For each macro namespace, the packages that <c>adapter.dispatch</c> searches, in order.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> DispatchOrder { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public JinjaDict Quoting { get; init; } = new();

    /// <summary>The query-comment as written: a string, a mapping, or null.</summary>
    public object? QueryComment { get; init; }

    /// <summary>The project's own defaults for command-line flags.</summary>
    public JinjaDict Flags { get; init; } = new();

    /// <summary>True if other packages may use only the public models of this package.</summary>
    public bool RestrictAccess { get; init; }

    /// <summary>All folders that hold nodes or macros, and therefore may hold properties files.</summary>
    public IEnumerable<string> AllPaths => [.. ModelPaths, .. SeedPaths, .. SnapshotPaths, .. AnalysisPaths, .. MacroPaths, .. TestPaths, .. FunctionPaths];

    /// <summary>dbt_project.yml and, where there is one, vars.yml.</summary>
    public IEnumerable<string> OwnFiles => VarsFile is null ? [Source.Path] : [Source.Path, VarsFile.Path];

    public ConfigTree ConfigFor(ResourceType type) => Configs.TryGetValue(type, out var tree) ? tree : ConfigTree.Empty;
}

/// <summary>An on-run-start or on-run-end hook.</summary>
internal sealed record HookText(string Text, SourceSpan Span);
