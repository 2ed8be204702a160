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
/// The names of one rendering: the macros visible to the node's package, then dbt's names. One instance per rendering; not shared between threads.
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
    /// <param name="resolved">Its nodes; null until all are parsed.</param>
    /// <param name="package">The package in which unqualified macro names are looked up first.</param>
    /// <param name="node">The node being rendered; null for text that belongs to no node.</param>
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

    /// <summary>The project's nodes and their relations in this run; null until all nodes are parsed.</summary>
    public ResolvedProject? Resolved { get; }

    /// <summary>The relations of nodes in this run.</summary>
    public RelationMap Relations => Resolved?.Relations ?? RelationMap.Target;

    /// <summary>Receives the warnings of templates.</summary>
    public DiagnosticBag Diagnostics { get; init; }

    /// <summary>The package in which unqualified macro names are looked up first.</summary>
    public string Package { get; }

    /// <summary>The node being rendered; null for text that belongs to no node.</summary>
    public Node? Node { get; }

    public CompileMode Mode { get; }

    public RenderOptions Renders { get; }

    /// <summary>The database; null while parsing, when queries are not allowed.</summary>
    public IAdapterConnection? Connection { get; }

    [MemberNotNullWhen(true, nameof(Connection))]
    public bool Execute => Connection is not null;

    /// <summary>The node's settings, including those that this rendering set with <c>config.set</c>. Null without a node.</summary>
    public NodeConfig? Config => _config ?? Node?.Config;

    /// <summary>The recorded references and settings while parsing; null afterwards.</summary>
    public NodeCapture? Capture { get; init; }

    /// <summary>The ephemeral models read so far, in the order of their first use.</summary>
    public List<ModelNode> Ephemerals { get; } = [];

    /// <summary>True if the rendering queried the database, so that its result may differ next time.</summary>
    public bool UsedDatabase { get; private set; }

    /// <summary>True if the rendering used the time or printed something, so that it must be repeated next time.</summary>
    public bool IsVolatile { get; private set; }

    /// <summary>The macros that were called.</summary>
    public MacroCalls Calls { get; } = new();

    /// <summary>The last text passed to <c>write</c>: by dbt's convention the main statement, for <c>target/run</c>.</summary>
    public string? Written { get; set; }

    /// <summary>Vars whose templates are being rendered; one that refers to itself gets its unrendered text.</summary>
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

    /// <summary>A batch's id is its start, formatted according to the batch size. Source: docs.getdbt.com/docs/build/incremental-microbatch.</summary>
    private static string BatchIdFormat(ModelNode model) => model.Config.GetString("batch_size") switch
    {
        "hour" => "yyyyMMdd'T'HH",
        "day" => "yyyyMMdd",
        "month" => "yyyyMM",
        _ => "yyyy",
    };

    /// <summary>Changes a setting for this rendering and for the use of its result.</summary>
    public void SetConfig(string key, object? value) => _config = Config?.With(key, value);

    /// <summary>Defines a name in this rendering that hides all others.</summary>
    public void SetLocal(string name, object? value) => (_locals ??= new(StringComparer.Ordinal))[name] = value;

    public bool TryGet(string name, out object? value)
    {
        if (_locals is not null && _locals.TryGetValue(name, out value))
            return true;

        if (_bound.TryGetValue(name, out var known))
        {
            (known as RecordedMacro)?.RecordUse();
            value = known;
            return true;
        }

        if (Mode.Macros.TryGetValue(name, out var overridden))
        {
            // a name whose usual value is not a macro, such as invocation_id, keeps that value
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

    /// <summary>Binds a macro to this rendering, in which its names are looked up.</summary>
    public IJinjaCallable Bind(MacroSource macro)
    {
        Calls.Add(macro.Definition.UniqueId);
        if (Mode.Macros.Count > 0 && Mode.Macros.TryGetValue($"{macro.Definition.PackageName}.{macro.Definition.Name}", out var overridden))
            return new HostFunction($"{macro.Definition.Name}(*, **)", _ => overridden);

        var bound = macro.Bind(this);
        return Capture is null ? bound : new RecordedMacro(bound, macro.Definition.UniqueId, Calls);
    }

    /// <summary>Records that the result changes with every rendering, or that the rendering has side effects.</summary>
    public void MarkVolatile()
    {
        IsVolatile = true;
        if (Capture is not null && Node is ModelNode)
            Capture.IsVolatile = true;
        else if (IsParsing)
            Project.Options.Reads.Moment = true;
    }

    /// <summary>Records that the rendering reads the command or its arguments.</summary>
    public void MarkInvocation()
    {
        if (IsParsing)
            Project.Options.Reads.Invocation = true;
    }

    /// <summary>Returns the database, or reports an error if none is available.</summary>
    public IAdapterConnection Ask()
    {
        UsedDatabase = true;
        return Connection ?? throw new InvalidOperationException("no database is asked while parsing");
    }

    /// <summary>True during a call of a macro that overrides the built-in <c>get_columns_in_relation</c>.</summary>
    public bool AsksForColumns { get; set; }

    /// <summary>True if <c>env_var</c> may return a secret: in profiles.yml and packages.yml.</summary>
    public bool MayReadSecrets { get; init; }

    /// <summary>True while a rendering can change what the project is. profiles.yml does not count, because it is always read.</summary>
    private bool IsParsing => !Execute && !MayReadSecrets;

    /// <summary>The relation of the node itself, <c>this</c>; a unit test may replace it by rows.</summary>
    public RelationObject Own(RelationNode node) => Mode.Relations.TryGetValue(node.UniqueId, out var replacement)
        ? RelationObject.Cte(replacement, Relations.Of(node))
        : RelationObject.From(Relations.Of(node));

    private bool ReadsNoRows => (Mode.Empty || Relations.ReadsNoRows) && Node is not TestNode;

    private static string WithoutRows(string relation, Relation place) => $"(select * from {relation} where false limit 0) _dbt_limit_subq_{place.Identifier}";

    /// <summary>The relation of a node for the nodes that read it.</summary>
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

        if (Mode.NotGiven is { } notGiven)
            throw notGiven(node);

        var relation = RelationObject.From(place);
        if (ReadsNoRows)
            return relation with { Replacement = WithoutRows(relation.Render(), place) };

        return Node is ModelNode or SnapshotNode && Relations.Sample is { } sample && node.Config.GetString("event_time") is { } eventTime
            ? relation with { Replacement = $"(select * " +
                $"from {relation.Render()} where {sample.Condition(eventTime)}) {Relation.Quote($"_dbt_et_filter_subq_{place.Identifier}")}" }
            : relation;
    }
}
