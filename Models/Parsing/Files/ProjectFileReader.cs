using System.Text.RegularExpressions;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Configuration;
using Models.Project.Diagnostics;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Yaml;
using Models.Rendering.Context;

namespace Models.Parsing.Files;

/// <summary>Reads dbt_project.yml. Templates in its values are rendered, except those of hooks, vars and the query comment, which are rendered later.</summary>
/// <param name="varsFile">The vars.yml of the root project; null if there is none, and for a package.</param>
internal sealed partial class ProjectFileReader(
    SourceText source, YamlMapping root, YamlRendering rendering, DiagnosticBag diagnostics, VarsFile? varsFile = null)
{
    public const string FileName = "dbt_project.yml";

    private static readonly (string Key, ResourceType Type)[] s_configKeys =
    [
        ("models", ResourceType.Model), ("seeds", ResourceType.Seed), ("snapshots", ResourceType.Snapshot),
        ("sources", ResourceType.Source), ("tests", ResourceType.Test), ("data_tests", ResourceType.Test),
        ("unit_tests", ResourceType.UnitTest), ("analyses", ResourceType.Analysis), ("exposures", ResourceType.Exposure),
        ("semantic-models", ResourceType.SemanticModel), ("semantic_models", ResourceType.SemanticModel), ("metrics", ResourceType.Metric),
        ("saved-queries", ResourceType.SavedQuery), ("saved_queries", ResourceType.SavedQuery), ("functions", ResourceType.Function),
    ];

    private static readonly string[] s_knownKeys =
    [
        "name", "version", "profile", "config-version", "require-dbt-version", "model-paths", "seed-paths", "snapshot-paths",
        "analysis-paths", "test-paths", "macro-paths", "docs-paths", "asset-paths", "function-paths", "target-path", "log-path", "clean-targets",
        "packages-install-path", "models", "seeds", "snapshots", "sources", "tests", "data_tests", "unit_tests", "analyses",
        "exposures", "metrics", "semantic-models", "saved-queries", "semantic_models", "saved_queries", "functions", "vars",
        "on-run-start", "on-run-end", "dispatch", "quoting", "query-comment", "flags", "restrict-access", "dbt-cloud", "test-fixture-paths", "sync",
    ];

    /// <summary>Names from before dbt 1.0.</summary>
    private static readonly Dictionary<string, string> s_oldKeys = new(StringComparer.Ordinal)
    {
        ["source-paths"] = "model-paths",
        ["data-paths"] = "seed-paths",
        ["modules-path"] = "packages-install-path",
    };

    /// <summary>Reads the file as YAML; returns null, and adds a diagnostic, if it cannot be read.</summary>
    public static (SourceText Source, YamlMapping Root)? Load(string folder, DiagnosticBag diagnostics)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            diagnostics.Add(ProjectDiagnostics.ProjectFileMissing(SourceSpan.WholeFile(path), folder));
            return null;
        }

        if (SourceFile.Read(path, diagnostics) is not { } source)
            return null;

        var before = diagnostics.HasErrors;
        var root = YamlReader.ReadMapping(source, diagnostics);
        if (root is null && diagnostics.HasErrors == before)
            diagnostics.Add(ProjectDiagnostics.MissingKey(SourceSpan.WholeFile(path), "the project", "name"));
        return root is null ? null : (source, root);
    }

    public ProjectFile? Read()
    {
        foreach (var entry in root.Entries)
        {
            if (s_oldKeys.TryGetValue(entry.Key, out var replacement))
                diagnostics.Add(ProjectDiagnostics.Deprecated(entry.KeySpan, entry.Key, replacement));
            else if (Array.IndexOf(s_knownKeys, entry.Key) < 0)
                diagnostics.Add(ProjectDiagnostics.UnknownKey(entry.KeySpan, entry.Key, FileName, s_knownKeys));
        }

        // adapters may define other flags, so that only probable typos are reported
        foreach (var flag in (root["flags"] as YamlMapping)?.Entries ?? [])
        {
            if (!ProjectFlags.Names.Contains(flag.Key) && NearName.Find(flag.Key, ProjectFlags.Names) is not null)
                diagnostics.Add(ProjectDiagnostics.UnknownKey(flag.KeySpan, flag.Key, "flags", ProjectFlags.Names));
        }

        if (Text("name") is not { } name)
        {
            diagnostics.Add(ProjectDiagnostics.MissingKey(SourceSpan.WholeFile(source.Path), "the project", "name"));
            return null;
        }

        if (root["version"] is { } version && Text("version") is { } number && !ProjectVersion().IsMatch(number))
            diagnostics.Add(ProjectDiagnostics.InvalidValue(version.Span, number, "version", "a version such as '1.0.0'"));
        if (root["dbt-cloud"] is { } cloud and not YamlMapping and not YamlScalar { IsNull: true })
            diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(cloud.Span, "dbt-cloud", cloud.Kind, "a mapping"));

        return new ProjectFile
        {
            Name = name,
            Root = Path.GetDirectoryName(source.Path)!,
            Source = source,
            Version = Text("version"),
            ProfileName = Text("profile"),
            RequiredVersions = ReadRequiredVersions(),
            ModelPaths = Texts("model-paths") ?? Texts("source-paths") ?? ["models"],
            SeedPaths = Texts("seed-paths") ?? Texts("data-paths") ?? ["seeds"],
            SnapshotPaths = Texts("snapshot-paths") ?? ["snapshots"],
            AnalysisPaths = Texts("analysis-paths") ?? ["analyses"],
            TestPaths = Texts("test-paths") ?? ["tests"],
            MacroPaths = Texts("macro-paths") ?? ["macros"],
            FunctionPaths = Texts("function-paths") ?? ["functions"],
            DocsPaths = Texts("docs-paths"),
            AssetPaths = Texts("asset-paths") ?? [],
            TargetPath = Text("target-path") ?? "target",
            PackagesPath = Text("packages-install-path") ?? Text("modules-path") ?? "dbt_packages",
            CleanTargets = Texts("clean-targets"),
            Configs = ReadConfigs(),
            Vars = ReadVars(),
            VarsFile = varsFile?.Source,
            OnRunStart = ReadHooks("on-run-start"),
            OnRunEnd = ReadHooks("on-run-end"),
            DispatchOrder = ReadDispatch(),
            Quoting = Value("quoting") as JinjaDict ?? new JinjaDict(),
            QueryComment = Raw("query-comment"),
            Flags = Value("flags") as JinjaDict ?? new JinjaDict(),
            RestrictAccess = Value("restrict-access") is true,
        };
    }

    private JinjaDict ReadVars()
    {
        var own = Raw("vars") as JinjaDict ?? new JinjaDict();
        if (varsFile is null || varsFile.Vars.Count == 0)
            return own;

        if (own.Count > 0)
            diagnostics.Add(ProjectDiagnostics.VarsDefinedTwice(root["vars"]!.Span, VarsFile.FileName, FileName));
        return varsFile.Vars;
    }

    private Dictionary<ResourceType, ConfigTree> ReadConfigs()
    {
        var configs = new Dictionary<ResourceType, ConfigTree>();
        foreach (var (key, type) in s_configKeys)
        {
            switch (root[key])
            {
                case null or YamlScalar { IsNull: true }:
                    break;
                case YamlMapping mapping:
                    configs[type] = ConfigTree.Read(mapping, key, mapping.Span, rendering.Value);
                    break;
                case var other:
                    diagnostics.Add(ProjectDiagnostics.UnexpectedYamlKind(other.Span, key, other.Kind, "a mapping"));
                    break;
            }
        }

        return configs;
    }

    private List<HookText> ReadHooks(string key)
    {
        var hooks = new List<HookText>();
        switch (root[key])
        {
            case YamlScalar scalar when !scalar.IsNull:
                hooks.Add(new HookText(scalar.Text, scalar.Span));
                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    if (item is YamlScalar { IsNull: false } text)
                        hooks.Add(new HookText(text.Text, text.Span));
                }

                break;
        }

        return hooks;
    }

    private Dictionary<string, IReadOnlyList<string>> ReadDispatch()
    {
        var order = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (root["dispatch"] is not YamlSequence rules)
            return order;

        foreach (var item in rules.Items)
        {
            if (item is not YamlMapping rule || rule["macro_namespace"] is not YamlScalar space)
            {
                diagnostics.Add(ProjectDiagnostics.MissingKey(item.Span, "an entry of 'dispatch'", "macro_namespace"));
                continue;
            }

            var packages = new List<string>();
            foreach (var package in ConfigMerge.AsList(rule["search_order"] is { } written ? rendering.Value(written) : null))
                packages.Add(PythonText.Str(package));
            order[space.Text] = packages;
        }

        return order;
    }

    private List<(string Text, SourceSpan Span)> ReadRequiredVersions()
    {
        var versions = new List<(string, SourceSpan)>();
        if (root["require-dbt-version"] is not { } written)
            return versions;

        foreach (var item in written is YamlSequence list ? list.Items : [written])
        {
            if (rendering.Value(item) is { } value)
                versions.AddRange(PythonText.Str(value).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(v => (v, item.Span)));
        }

        return versions;
    }

    [GeneratedRegex(@"^\d+(\.\d+(\.\d+([-+][0-9A-Za-z.+-]+)?)?)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex ProjectVersion();

    private object? Value(string key) => root[key] is { } value ? rendering.Value(value) : null;

    private object? Raw(string key) => root[key]?.ToTemplateValue();

    private string? Text(string key) => Value(key) is { } value ? PythonText.Str(value) : null;

    private List<string>? Texts(string key)
    {
        if (Value(key) is not { } value)
            return null;

        var texts = new List<string>();
        foreach (var item in ConfigMerge.AsList(value))
            texts.Add(PythonText.Str(item));

        return texts;
    }
}
