using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Models.Diagnostics;
using Models.Jinja.Rendering;
using Models.Project.Graph;
using Models.Rendering.Connections;
using Models.Rendering.Context.Adapter;
using Models.Rendering.Context.Functions;
using Models.Rendering.Context.Macros;
using Models.Rendering.Context.Modules;
using Models.Rendering.Macros;
using Models.Rendering.Nodes;

namespace Models.Rendering.Context;

/// <summary>
/// The names one rendering can use: macros as the node's package sees them, then dbt's own names. One per rendering; not shared
/// between threads.
/// </summary>
internal sealed class NodeContext : IJinjaScope
{
    private readonly Dictionary<string, IJinjaCallable> _bound = new(StringComparer.Ordinal);
    private Dictionary<string, object?>? _locals;
    private Dictionary<string, object?>? _results;
    private HashSet<string>? _varsRendering;
    private object? _model;
    private NodeConfig? _config;

    public NodeContext(DbtProject project, string package, Node? node, IAdapterConnection? connection, CompileMode? mode = null)
        : this(project, resolved: null, package, node, connection, mode)
    {
    }

    /// <param name="project">The project.</param>
    /// <param name="resolved">Its nodes; null until all are known.</param>
    /// <param name="package">The package whose macros an unqualified name means first.</param>
    /// <param name="node">The node being rendered; null for texts that belong to none.</param>
    /// <param name="connection">The database; null while parsing.</param>
    /// <param name="mode">How the node is rendered.</param>
    public NodeContext(DbtProject project, ResolvedProject? resolved, string package, Node? node, IAdapterConnection? connection, CompileMode? mode = null)
    {
        Project = project;
        Resolved = resolved;
        Package = package;
        Node = node;
        Connection = connection;
        Mode = mode ?? CompileMode.Default;
        Diagnostics = project.Diagnostics;
        Renders = new RenderOptions
        {
            Globals = this,
            State = this,
            Filters = NativeFilters.All,
            Unrepeatable = MarkVolatile,
            Undefined = connection is null ? UndefinedBehaviour.Chainable : UndefinedBehaviour.Lenient,
            CancellationToken = project.Options.Cancellation,
        };
    }

    public DbtProject Project { get; }

    /// <summary>The project's nodes and where they stand in this run; null until all are known.</summary>
    public ResolvedProject? Resolved { get; }

    /// <summary>Where nodes stand in this run.</summary>
    public RelationMap Relations => Resolved?.Relations ?? RelationMap.Target;

    /// <summary>Takes what templates warn of.</summary>
    public DiagnosticBag Diagnostics { get; init; }

    /// <summary>The package whose macros an unqualified name means first.</summary>
    public string Package { get; }

    /// <summary>The node being rendered; null for texts that belong to none.</summary>
    public Node? Node { get; }

    public CompileMode Mode { get; }

    public RenderOptions Renders { get; }

    /// <summary>The database; null while parsing, when nothing may be asked.</summary>
    public IAdapterConnection? Connection { get; }

    [MemberNotNullWhen(true, nameof(Connection))]
    public bool Execute => Connection is not null;

    /// <summary>The node's settings, with those that this rendering set itself: <c>config.set</c>. Null where there is no node.</summary>
    public NodeConfig? Config => _config ?? Node?.Config;

    /// <summary>What is captured while parsing; null afterwards.</summary>
    public NodeCapture? Capture { get; init; }

    /// <summary>Ephemeral models read so far, in the order met.</summary>
    public List<ModelNode> Ephemerals { get; } = [];

    /// <summary>True once the rendering looked at the database, so that its outcome may differ next time.</summary>
    public bool UsedDatabase { get; private set; }

    /// <summary>True once the rendering looked at the moment or said something, so that it has to be done again next time.</summary>
    public bool IsVolatile { get; private set; }

    /// <summary>Unique ids of the macros called.</summary>
    public HashSet<string> MacrosCalled { get; } = new(StringComparer.Ordinal);

    /// <summary>What was last passed to <c>write</c>: by dbt's convention the main statement, for <c>target/run</c>.</summary>
    public string? Written { get; set; }

    /// <summary>Vars whose templates are being rendered: one that asks for itself gets its text.</summary>
    public HashSet<string> VarsRendering => _varsRendering ??= new(StringComparer.Ordinal);

    /// <summary>Results of statements by name: <c>load_result('x')</c>.</summary>
    public Dictionary<string, object?> Results => _results ??= new(StringComparer.Ordinal);

    /// <summary>The <c>model</c> of templates.</summary>
    public object? Model => _model ??= Node switch
    {
        null => new JinjaDict(),
        ModelNode model when model.Config.GetString("incremental_strategy") == "microbatch" => WithBatch(model),
        _ => NodeDictionary.Of(Node, Relations),
    };

    private JinjaDict WithBatch(ModelNode model)
    {
        var withBatch = NodeDictionary.Of(model, Relations);
        withBatch["batch"] = Mode.Batch is not { } batch ? null : new JinjaDict
        {
            ["id"] = batch.Start.ToString(BatchIdFormat(model), CultureInfo.InvariantCulture),
            ["event_time_start"] = DateTimeObject.Utc(batch.Start),
            ["event_time_end"] = DateTimeObject.Utc(batch.End),
        };
        return withBatch;
    }

    /// <summary>A batch's id is its start, as short as its size allows. Source: docs.getdbt.com/docs/build/incremental-microbatch.</summary>
    private static string BatchIdFormat(ModelNode model) => model.Config.GetString("batch_size") switch
    {
        "hour" => "yyyyMMdd'T'HH",
        "day" => "yyyyMMdd",
        "month" => "yyyyMM",
        _ => "yyyy",
    };

    /// <summary>Sets a setting for this rendering and for what is done with its outcome.</summary>
    public void SetConfig(string key, object? value) => _config = Config?.With(key, value);

    /// <summary>Gives a name a value in this rendering, before all others.</summary>
    public void SetLocal(string name, object? value) => (_locals ??= new(StringComparer.Ordinal))[name] = value;

    public bool TryGet(string name, out object? value)
    {
        if (_locals is not null && _locals.TryGetValue(name, out value))
            return true;

        if (_bound.TryGetValue(name, out var known))
        {
            value = known;
            return true;
        }

        if (Mode.Macros.TryGetValue(name, out var overridden))
        {
            // what is a value and no macro, as invocation_id, stays a value
            var isValue = Project.Macros.Find(Package, name) is null && DbtNames.TryGet(this, name, out var usual) && usual is not IJinjaCallable;
            if (isValue)
            {
                value = overridden;
                return true;
            }

            value = _bound[name] = new HostFunction($"{name}(*, **)", _ => overridden);
            return true;
        }

        if (Project.Macros.Find(Package, name) is { } macro)
        {
            value = _bound[name] = Bind(macro);
            return true;
        }

        if (Project.Macros.IsNamespace(name))
        {
            value = new MacroNamespace(this, name);
            return true;
        }

        return DbtNames.TryGet(this, name, out value);
    }

    /// <summary>The macro as this rendering calls it: the names in it are looked up here.</summary>
    public IJinjaCallable Bind(MacroSource macro)
    {
        MacrosCalled.Add(macro.Definition.UniqueId);
        if (Mode.Macros.Count > 0 && Mode.Macros.TryGetValue($"{macro.Definition.PackageName}.{macro.Definition.Name}", out var overridden))
            return new HostFunction($"{macro.Definition.Name}(*, **)", _ => overridden);

        return macro.Bind(this);
    }

    /// <summary>Notes that the rendering looks at what is different every time, or does more than giving a text.</summary>
    public void MarkVolatile()
    {
        IsVolatile = true;
        if (Capture is not null && Node is ModelNode)
            Capture.IsVolatile = true;
        else if (IsParsing)
            Project.Options.Reads.Moment = true;
    }

    /// <summary>Notes that the rendering asks how the command was called.</summary>
    public void MarkInvocation()
    {
        if (IsParsing)
            Project.Options.Reads.Invocation = true;
    }

    /// <summary>The database, for what only works while it can be asked.</summary>
    public IAdapterConnection Ask()
    {
        UsedDatabase = true;
        return Connection ?? throw new InvalidOperationException("no database is asked while parsing");
    }

    /// <summary>True while a macro in place of the built-in <c>get_columns_in_relation</c> is called.</summary>
    public bool AsksForColumns { get; set; }

    /// <summary>True where <c>env_var</c> may answer with a secret: in profiles.yml and packages.yml.</summary>
    public bool MayReadSecrets { get; init; }

    /// <summary>True while what is rendered decides what the project is; profiles.yml is read anew each time.</summary>
    private bool IsParsing => !Execute && !MayReadSecrets;

    /// <summary>The relation of the node itself: <c>this</c>, for which a unit test may give rows.</summary>
    public RelationObject Own(RelationNode node) => Mode.Relations.TryGetValue(node.UniqueId, out var replacement)
        ? RelationObject.Cte(replacement, Relations.Of(node))
        : RelationObject.From(Relations.Of(node));

    private bool ReadsNoRows => (Mode.Empty || Relations.ReadsNoRows) && Node is not TestNode;

    private static string WithoutRows(string relation, Relation place) => $"(select * from {relation} where false limit 0) _dbt_limit_subq_{place.Identifier}";

    /// <summary>The relation of a node as others read it.</summary>
    public RelationObject RelationOf(RelationNode node)
    {
        var place = Relations.Of(node);
        if (Mode.Relations.TryGetValue(node.UniqueId, out var replacement))
            return RelationObject.Cte(replacement, place);

        if (node is ModelNode { IsEphemeral: true } ephemeral)
        {
            if (!Ephemerals.Contains(ephemeral))
                Ephemerals.Add(ephemeral);
            var cte = Resolved?.EphemeralNames.Of(ephemeral) ?? EphemeralNames.Default(ephemeral);
            return RelationObject.Cte(ReadsNoRows ? WithoutRows(cte, place) : cte, place);
        }

        var relation = RelationObject.From(place);
        if (ReadsNoRows)
            return relation with { Replacement = WithoutRows(relation.Render(), place) };

        return Node is ModelNode or SnapshotNode && Relations.Sample is { } sample && node.Config.GetString("event_time") is { } eventTime
            ? relation with { Replacement = $"(select * " +
                $"from {relation.Render()} where {sample.Condition(eventTime)}) {Relation.Quote($"_dbt_et_filter_subq_{place.Identifier}")}" }
            : relation;
    }
}
