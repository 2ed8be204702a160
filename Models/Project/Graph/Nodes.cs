using System.Globalization;
using Models.Diagnostics;

namespace Models.Project.Graph;

/// <summary>A <c>.sql</c> file below the model paths.</summary>
public sealed record ModelNode : RelationNode, ITemplatedNode
{
    public override ResourceType ResourceType => ResourceType.Model;

    public required SourceText Source { get; init; }

    public string Materialized => Config.Materialized;

    public bool IsEphemeral => Materialized == "ephemeral";

    public bool IsIncremental => Materialized == "incremental";

    /// <c>contract.enforced</c>: the query must produce exactly the declared columns and types.
    public bool ContractEnforced { get; init; }

    /// <summary>The typed properties that properties files give; each is a line in <see cref="TypedProperties"/>.</summary>
    public ModelProperties Properties { get; init; } = ModelProperties.None;

    public IReadOnlyList<ConstraintDefinition> Constraints => Properties.Constraints;

    public string? Version { get; init; }

    public string? LatestVersion { get; init; }

    public string? DeprecationDate => Properties.DeprecationDate;

    /// <summary>The deprecation date as a point in time. A date without a time means its start, a time without a zone is local, as in dbt.</summary>
    public DateTimeOffset? DeprecatedFrom => Moment(DeprecationDate);

    /// <summary><c>private</c>, <c>protected</c> or <c>public</c>.</summary>
    public string Access { get; init; } = "protected";

    /// <summary>The model's properties from properties files; null if there are none.</summary>
    internal ModelDescription? Described { get; init; }

    /// <summary>Parses a deprecation date; returns null if it is invalid.</summary>
    public static DateTimeOffset? Moment(string? date) =>
        DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var moment) ? moment : null;
}

/// <summary>A CSV file below the seed paths.</summary>
public sealed record SeedNode : RelationNode
{
    public override ResourceType ResourceType => ResourceType.Seed;

    /// <summary>The file's absolute path.</summary>
    public required string FilePath { get; init; }
}

/// <summary>A <c>{% snapshot %}</c> block or a snapshot declared in YAML.</summary>
public sealed record SnapshotNode : RelationNode, ITemplatedNode
{
    public override ResourceType ResourceType => ResourceType.Snapshot;

    public required SourceText Source { get; init; }
}

/// <summary>One table of a source.</summary>
public sealed record SourceNode : RelationNode
{
    public override ResourceType ResourceType => ResourceType.Source;

    public required string SourceName { get; init; }

    public string SourceDescription { get; init; } = "";

    /// <summary>The meta of the whole source.</summary>
    public IReadOnlyDictionary<string, object?> SourceMeta { get; init; } = new Dictionary<string, object?>();

    public string Loader { get; init; } = "";

    /// <summary>The source's database before rendering; null for the target's database.</summary>
    public string? UnrenderedDatabase { get; init; }

    /// <summary>The source's schema before rendering; null if it is the source's name.</summary>
    public string? UnrenderedSchema { get; init; }

    /// <summary>The absolute path of the ingestion contract that provides the columns, or null.</summary>
    public string? ContractFile { get; init; }

    public string? LoadedAtField { get; init; }

    public string? LoadedAtQuery { get; init; }

    /// <summary>dbt's freshness block: <c>warn_after</c>, <c>error_after</c>, <c>filter</c>; null if there is none.</summary>
    public IReadOnlyDictionary<string, object?>? Freshness { get; init; }

    /// <summary>True if no column types are known, so that nodes that read the source cannot be type-checked.</summary>
    public bool IsUnknown => Columns.All(c => c.DataType is null);
}

/// <summary>A data test: a generic test applied to a node or column, or a singular test's file.</summary>
public sealed record TestNode : RelationNode, ITemplatedNode
{
    public override ResourceType ResourceType => ResourceType.Test;

    /// <summary>The macro call of a generic test as one expression, or the SQL of a singular test.</summary>
    public required SourceText Source { get; init; }

    /// <summary>The generic test's name, for example <c>unique</c>; null for a singular test.</summary>
    public string? TestName { get; init; }

    /// <summary>The package before the test's name, as in <c>dbt_utils.equality</c>, or null.</summary>
    public string? TestNamespace { get; init; }

    /// <summary>The generic test's arguments as written, including <c>model</c> and <c>column_name</c>.</summary>
    public IReadOnlyDictionary<string, object?> Arguments { get; init; } = new Dictionary<string, object?>();

    public string? ColumnName { get; init; }

    /// <summary>The node that a generic test is declared on.</summary>
    public string? AttachedNode { get; init; }

    /// <summary><c>error</c> or <c>warn</c>.</summary>
    public string Severity => (Config.GetString("severity") ?? "error").ToLowerInvariant();

    /// <summary>True if the test's failing rows are stored in a relation.</summary>
    /// <param name="otherwise">The default if the test does not configure it: the flag <c>--store-failures</c>.</param>
    public bool StoresFailures(bool otherwise) => Config.GetString("store_failures_as") is { } storeAs
        ? storeAs != "ephemeral"
        : otherwise || Config.GetBoolean("store_failures", otherwise: false);
}

/// <summary>A file below the analysis paths: compiled, never run.</summary>
public sealed record AnalysisNode : RelationNode, ITemplatedNode
{
    public override ResourceType ResourceType => ResourceType.Analysis;

    public required SourceText Source { get; init; }
}

/// <summary>One on-run-start or on-run-end hook.</summary>
public sealed record OperationNode : Node, ITemplatedNode
{
    public override ResourceType ResourceType => ResourceType.Operation;

    public required SourceText Source { get; init; }

    public required bool IsOnRunStart { get; init; }

    public required int Index { get; init; }
}

/// <summary>A downstream use of models, declared in YAML.</summary>
public sealed record ExposureNode : Node
{
    public override ResourceType ResourceType => ResourceType.Exposure;

    public required IReadOnlyDictionary<string, object?> Properties { get; init; }
}

/// <summary>A unit test: a model tested on fixed <c>given</c> rows with <c>expect</c>ed results.</summary>
public sealed record UnitTestNode : Node
{
    public override ResourceType ResourceType => ResourceType.UnitTest;

    /// <summary>Unique id of the model under test.</summary>
    public required string Model { get; init; }

    /// <summary>The declaration: <c>given</c>, <c>expect</c>, <c>overrides</c>.</summary>
    public required IReadOnlyDictionary<string, object?> Properties { get; init; }
}
