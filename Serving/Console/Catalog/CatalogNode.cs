namespace Serving.Console.Catalog;

/// <summary>A model, source, seed, snapshot, test, analysis, exposure or macro of a project, as its manifest describes it.</summary>
/// <param name="Id">dbt's unique id, for example model.leads.dim_lead.</param>
/// <param name="Type">model, source, seed, snapshot, test, unit_test, analysis, exposure or macro.</param>
internal sealed record CatalogNode(string Id, string Name, string Type, string Project)
{
    public string Description { get; init; } = "";

    /// <summary>The first folder below the models, for example staging; the source's name for a source.</summary>
    public string Layer { get; init; } = "";

    public string Path { get; init; } = "";

    public string? Materialized { get; init; }

    /// <summary>What follows the target's name in the schema; empty where the relation is in the target's schema itself.</summary>
    public string CustomSchema { get; init; } = "";

    /// <summary>The relation's name in its schema.</summary>
    public string Alias { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public IReadOnlyList<CatalogColumn> Columns { get; init; } = [];

    public IReadOnlyList<string> Parents { get; init; } = [];

    public string RawSql { get; init; } = "";

    public string CompiledSql { get; init; } = "";

    /// <summary>Of a test: the node it is about, its column, and what it asks, for example not_null.</summary>
    public CatalogTest? Test { get; init; }

    /// <summary>Of a source: how old its newest load may be.</summary>
    public FreshnessLimits? Freshness { get; init; }

    /// <summary>The chart that <c>meta: {chart: …}</c> asks for.</summary>
    public CatalogChart? Chart { get; init; }

    public bool IsTest => Type is "test" or "unit_test";

    /// <summary>It has rows to look at and stands at the end of the way: a model of the layer data_mart, mart, marts or gold.</summary>
    public bool IsMart => Type == "model" && Layer is "data_mart" or "mart" or "marts" or "gold" && Materialized != "ephemeral";
}

internal sealed record CatalogTest(string? Node, string? Column, string Kind);

internal sealed record FreshnessLimits(TimeSpan? WarnAfter, TimeSpan? ErrorAfter);

/// <param name="Kind">line or bar.</param>
internal sealed record CatalogChart(string Kind, string X, string Y);
