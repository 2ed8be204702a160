using Models.Diagnostics;
using Models.Jinja.Parsing;
using Models.Jinja.Rendering;
using Models.Parsing.Nodes;
using Models.Parsing.PartialParsing;
using Models.Project.Configuration;
using Models.Project.Files;
using Models.Project.Graph;
using Models.Project.Store;
using Models.Rendering.Connections;
using Models.Rendering.Context;
using Models.Rendering.Macros;
using Models.Rendering.Nodes;

namespace Models.Parsing;

/// <summary>
/// A parsed project: its graph, its target and the templates ready to render. The build analyses it, and the runner runs it. Safe for concurrent use,
/// with one connection per thread.
/// </summary>
public sealed class ParsedProject
{
    private readonly DbtProject _project;
    private readonly ResolvedProject _resolved;
    private readonly NodeCompiler _compiler;
    private readonly MacroReach _reach;
    private readonly ILookup<string, MacroDefinition> _macrosByName;
    private readonly Lazy<ILookup<string?, TestNode>> _testsByNode;

    internal ParsedProject(DbtProject project, ResolvedProject resolved, IReadOnlyList<MacroDefinition> macros)
    {
        _project = project;
        _resolved = resolved;
        _compiler = new NodeCompiler(project, resolved);
        _reach = new MacroReach(project.Macros);
        var root = project.Packages.Count > 0 ? project.Packages[0] : null;
        TargetPath = Path.GetFullPath(Options.TargetPath ?? root?.TargetPath ?? "target", Options.ProjectDirectory);
        Macros = macros;
        _macrosByName = Macros.ToLookup(m => m.Name, StringComparer.Ordinal);
        _testsByNode = new(TestsByNode);
    }

    private ParsedProject(ParsedProject other, ResolvedProject resolved)
    {
        _project = other._project;
        _resolved = resolved;
        _compiler = new NodeCompiler(_project, resolved);
        _reach = other._reach;
        _macrosByName = other._macrosByName;
        _testsByNode = new(TestsByNode);
        TargetPath = other.TargetPath;
        Macros = other.Macros;
        Disabled = other.Disabled;
        Docs = other.Docs;
        Groups = other.Groups;
        ModelsRead = other.ModelsRead;
        Inputs = other.Inputs;
        ContentHashes = other.ContentHashes;
        ConfigurationFiles = other.ConfigurationFiles;
    }

    public string Name => _project.Name;

    public ProjectGraph Graph => _resolved.Graph;

    /// <summary>The relations of nodes in this run.</summary>
    public RelationMap Relations => _resolved.Relations;

    public DiagnosticBag Diagnostics => _project.Diagnostics;

    public CompileOptions Options => _project.Options;

    public Target Target => _project.Target;

    /// <summary>Folders of files that the documentation can show, as written in dbt_project.yml.</summary>
    public IReadOnlyList<string> AssetPaths => _project.Packages is [var root, ..] ? root.AssetPaths : [];

    /// <summary>The absolute folder for artifacts and compiled SQL.</summary>
    public string TargetPath { get; }

    /// <summary>The macros of the project, of its packages and the built-in ones, by unique id.</summary>
    public IReadOnlyList<MacroDefinition> Macros { get; }

    /// <summary>The macros of that name in all packages, by unique id.</summary>
    public IEnumerable<MacroDefinition> MacrosNamed(string name) => _macrosByName[name];

    /// <summary>
    /// Renders the templates in a file that configures commands, such as selectors.yml. They can use command-line vars, the environment and the
    /// target.
    /// </summary>
    /// <exception cref="DiagnosticException">The text cannot be rendered.</exception>
    public string RenderConfiguration(string text, SourceSpan place) =>
        TextTemplate.IsTemplate(text) ? PythonText.Str(TextTemplate.Evaluate(text, place, Bootstrap.NewContext(Options, Diagnostics, Target))) : text;

    /// <summary>The primary key columns of a model according to its constraints or tests; empty if there are none.</summary>
    public IReadOnlyList<string> PrimaryKeyOf(ModelNode model) => PrimaryKey.Of(model, _testsByNode.Value[model.UniqueId]);

    /// <summary>The view under a versioned model's own name, which reads its latest version; null for a model that has none.</summary>
    public Relation? PointerOf(ModelNode model) =>
        LatestVersionPointer.NameOf(_project, model) is { } name ? Relations.Of(model) with { Identifier = name } : null;

    /// <summary>Nodes that are disabled by configuration.</summary>
    public IReadOnlyList<Node> Disabled { get; init; } = [];

    public IReadOnlyList<DocDefinition> Docs { get; init; } = [];

    public IReadOnlyList<GroupDefinition> Groups { get; init; } = [];

    /// <summary>The number of model files read; the others come from the parse cache.</summary>
    public int ModelsRead { get; init; }

    /// <summary>Digests of the enabled nodes' content by unique id. A node without one is projected again each time.</summary>
    internal IReadOnlyDictionary<string, Digest> ContentHashes { get; init; } = new Dictionary<string, Digest>();

    /// <summary>The inputs of the parse except models; null if they are not cached.</summary>
    internal ParseInputs? Inputs { get; init; }

    /// <summary>The CTE names of ephemeral models.</summary>
    internal EphemeralNames EphemeralNames => _resolved.EphemeralNames;

    /// <summary>The folders of the project and its packages.</summary>
    internal IEnumerable<string> PackageFolders => _project.Packages.Select(p => p.Root);

    /// <summary>The absolute paths of all dbt_project.yml and properties files, including those of packages.</summary>
    internal IReadOnlyList<string> ConfigurationFiles { get; init; } = [];

    /// <summary>The project's version in dbt_project.yml.</summary>
    public string? Version => Root?.Version;

    /// <summary>The query-comment in dbt_project.yml as written: a string, a mapping, or null.</summary>
    public object? QueryComment => Root?.QueryComment;

    /// <summary>A var of a package, of the command line or of the root project; null if it is not set.</summary>
    public object? Var(string package, string name) => _project.Vars.TryGet(package, name, out var value) ? value : null;

    /// <summary>True if the project's <c>flags</c> set the flag (by dbt's name) to false.</summary>
    public bool FlagIsOff(string name) => Root?.Flags.TryGetValue(name, out var value) == true && value is false;

    /// <summary>A setting under <c>flags</c> in dbt_project.yml; null if it is not set.</summary>
    public object? Flag(string name) => Root?.Flags.TryGetValue(name, out var value) == true ? value : null;

    /// <summary>The names and folders of the installed packages, excluding the project itself.</summary>
    public IReadOnlyDictionary<string, string> Packages =>
        _project.Packages.Skip(1).ToDictionary(p => p.Name, p => p.Root, StringComparer.Ordinal);

    private ProjectFile? Root => _project.Packages.Count > 0 ? _project.Packages[0] : null;

    /// <summary>Compiles a node's SQL for the database, including its ephemeral parents. Queries in templates run on <paramref name="connection"/>.</summary>
    /// <exception cref="DiagnosticException">An error in the template or in a macro it calls.</exception>
    public CompiledNode Compile(Node node, IAdapterConnection connection, CompileMode? mode = null) =>
        _compiler.Compile(node, connection, mode ?? CompileMode.Default);

    /// <summary>Compiles SQL from the command line, in which refs work as in a model; ephemeral parents are included as in <see cref="Compile"/>.</summary>
    /// <exception cref="DiagnosticException">An error in the SQL or in a macro it calls.</exception>
    public CompiledNode CompileInline(string text, IAdapterConnection connection)
    {
        var source = new SourceText("inline", text);
        var found = new DiagnosticBag();
        var template = TemplateReader.Read(source, found);
        if (found.ToSortedList().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } mistake)
            throw new DiagnosticException(mistake);

        var node = new AnalysisNode
        {
            UniqueId = $"sql_operation.{Name}.inline_query",
            Name = "inline_query",
            PackageName = Name,
            OriginalFilePath = "inline",
            PathInFolder = "inline",
            Span = SourceSpan.WholeFile("inline"),
            Fqn = [Name, "inline_query"],
            Source = source,
            Relation = new Relation(Target.Database, Target.Schema, "inline_query"),
            LazyTemplate = new(template),
        };
        var capture = new NodeCapture();
        var context = new NodeContext(_project, Name, node, connection: null) { Capture = capture };
        template.Render(context.Renders);
        var set = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in capture.Config)
            ConfigMerge.Apply(set, node.Config.Values, key, value);

        node = ParseSession.AddReads(node, capture, context) with { Config = new NodeConfig(node.Config.Values, set) };
        var functions = node.FunctionRefs.Select(r => _resolved.Nodes.ResolveFunction(Name, r, out _)?.UniqueId);
        node = node with
        {
            DependsOn = [.. node.Refs.Select(r => _resolved.Nodes.Resolve(Name, r, out _)?.UniqueId).Concat(functions).OfType<string>()],
        };
        return _compiler.Compile(node, connection, CompileMode.Default);
    }

    /// <summary>Returns the project for another run; both share everything that does not depend on the nodes' relations.</summary>
    /// <param name="relations">The relations of nodes in that run.</param>
    /// <param name="selected">The command's selection, if it changes: the <c>selected_resources</c> of templates.</param>
    public ParsedProject In(RelationMap relations, IReadOnlyList<Node>? selected = null) =>
        new(this, _resolved.In(relations, selected is null ? _resolved.Selected : [.. selected.Select(n => n.UniqueId)]));

    /// <summary>Calls a macro, for run-operation. The name may be qualified with a package.</summary>
    /// <exception cref="DiagnosticException">The macro does not exist, or it has an error.</exception>
    public object? CallMacro(string name, CallArguments arguments, IAdapterConnection connection, Node? node = null)
    {
        var context = new NodeContext(_project, _resolved, node?.PackageName ?? Name, node, connection);
        var place = node?.Span ?? SourceSpan.WholeFile(Root?.Source.Path ?? Options.ProjectDirectory);
        // commands find the macros of packages by unqualified names
        var macro = Find(name) ?? _project.Macros.All.Where(m => m.Definition.Name == name)
            .OrderBy(m => m.Definition.UniqueId, StringComparer.Ordinal).FirstOrDefault() ?? FindMacro(name, place);
        return macro.Bind(context).Call(CallContext.Create(context.Renders, place), arguments);
    }

    /// <summary>Whether a macro of this name can be called.</summary>
    public bool HasMacro(string name) => Find(name) is not null;

    /// <summary>True if the project, or the package from which the macro is called, overrides a built-in macro or a macro that it calls.</summary>
    /// <param name="macro">The built-in macro, for example <c>create_table_as</c>.</param>
    /// <param name="package">The package of the node for which it is called.</param>
    public bool Replaces(string macro, string package) => _reach.IsReplaced(package, macro);

    /// <summary>
    /// Calls a materialization's macro (<c>materialization_x_default</c>) for a node, whose SQL is available as <c>sql</c> and <c>compiled_code</c>.
    /// Returns the macro's return value and the results of its statements.
    /// </summary>
    /// <exception cref="DiagnosticException">An error in the macro.</exception>
    public MaterializationResult Materialize(string macro, Node node, string sql, IAdapterConnection connection) =>
        _compiler.Materialize(FindMacro(macro, node.Span), node, sql, connection);

    /// <summary>
    /// Renders a text that belongs to a node or to the project, such as a hook; <paramref name="variables"/> are additional names for this rendering.
    /// </summary>
    /// <exception cref="DiagnosticException">An error in the text.</exception>
    public string RenderText(
        string template, SourceSpan place, Node? node, IAdapterConnection connection, IReadOnlyDictionary<string, object?>? variables = null)
    {
        var context = new NodeContext(_project, _resolved, node?.PackageName ?? Name, node, connection);
        foreach (var (name, value) in variables ?? new Dictionary<string, object?>())
            context.SetLocal(name, value);

        return TextTemplate.IsTemplate(template) ? RenderPlaced(template, place, node, context).Text : template;
    }

    /// <summary>Renders a hook's SQL with a source map.</summary>
    /// <exception cref="DiagnosticException">An error in the hook.</exception>
    internal RenderedTemplate RenderHook(string template, Node node, IAdapterConnection connection) =>
        RenderPlaced(template, node.Span, node, new NodeContext(_project, _resolved, node.PackageName, node, connection));

    private RenderedTemplate RenderPlaced(string template, SourceSpan place, Node? node, NodeContext context)
    {
        if (node is not null && HookPlaces.Find(_project, node, template) is { IsEmbedded: true } source)
            return TextTemplate.RenderWithMap(template, place, context, source);

        // the text's own line numbers are not those of a file
        return RenderedTemplate.Unmapped(TextTemplate.Render(template, place, context));
    }

    /// <summary>Converts a node to its form in templates.</summary>
    /// <param name="node">The node.</param>
    /// <param name="compiledSql">Its SQL, if it was compiled.</param>
    /// <param name="relations">The relations of nodes.</param>
    public static JinjaDict TemplateValue(Node node, string? compiledSql, RelationMap relations)
    {
        var value = NodeDictionary.Of(node, relations);
        value["compiled_code"] = compiledSql;
        value["compiled"] = compiledSql is not null;
        return value;
    }

    /// <summary>Finds the fixture file that a unit test's <c>given</c> or <c>expect</c> refers to: <c>fixture: name</c>.</summary>
    public string? FindFixture(Node unitTest, string name) => Fixtures.Find(_project, unitTest.PackageName, name);

    /// <summary>The fixture files that a unit test reads.</summary>
    internal IEnumerable<string> FixturesOf(UnitTestNode test) =>
        MappingValue.Items(test.Properties.GetValueOrDefault("given"))
            .Append(test.Properties.GetValueOrDefault("expect"))
            .Select(rows => MappingValue.Value(rows, "fixture") as string)
            .OfType<string>()
            .Select(name => FindFixture(test, name))
            .OfType<string>();

    /// <summary>A unit test's <c>given</c>, <c>expect</c> and <c>overrides</c>, with fixtures replaced by their content.</summary>
    public IReadOnlyDictionary<string, object?> DeclarationOf(UnitTestNode test) => new Dictionary<string, object?>(StringComparer.Ordinal)
    {
        ["given"] = new JinjaList(MappingValue.Items(test.Properties.GetValueOrDefault("given")).Select(g => Fixtures.Fill(_project, test, g))),
        ["expect"] = Fixtures.Fill(_project, test, test.Properties.GetValueOrDefault("expect")),
        ["overrides"] = test.Properties.GetValueOrDefault("overrides"),
    };

    /// <summary>Resolves a reference in YAML: <c>ref('x', v=1)</c>, <c>source('a', 'b')</c>; returns null if it cannot be resolved.</summary>
    internal RelationNode? FindRead(string call, Node reader)
    {
        var capture = new NodeCapture();
        var context = new NodeContext(_project, reader.PackageName, reader, connection: null) { Capture = capture };
        TextTemplate.Evaluate(TextTemplate.IsTemplate(call) ? call : $"{{{{ {call} }}}}", reader.Span, context);
        return capture switch
        {
            { Refs: [var reference, ..] } => _resolved.Nodes.Resolve(reader.PackageName, reference, out _),
            { Sources: [var source, ..] } => _resolved.Nodes.Resolve(reader.PackageName, source, out _),
            _ => null,
        };
    }

    internal static ParsedProject Failed(CompileOptions options, DiagnosticBag diagnostics) =>
        new(Bootstrap.NewContext(options, diagnostics, Bootstrap.NoTarget).Project, new ResolvedProject(
            new NodeLookup("", []), new ProjectGraph([]), RelationMap.Target, []), macros: []);

    private MacroSource? Find(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? _project.Macros.Find(Name, name) : _project.Macros.FindIn(name[..dot], name[(dot + 1)..]);
    }

    private MacroSource FindMacro(string name, SourceSpan place) =>
        Find(name) ?? throw new DiagnosticException(ContextDiagnostics.UnknownMacro(place, name, _project.Macros.NamesFor(Name)));

    private ILookup<string?, TestNode> TestsByNode() => Graph.InOrder.Concat(Disabled).OfType<TestNode>().ToLookup(t => t.AttachedNode, StringComparer.Ordinal);
}
