namespace Serving.Console.Tests;

/// <summary>The pages that every test of all pages goes through.</summary>
internal static class ConsolePages
{
    /// <summary>Those of the navigation.</summary>
    public static IReadOnlyList<string> Main { get; } = 
    [
        "/", "/console/models", "/console/lineage", "/console/runs", "/console/quality", "/console/marts", "/console/scores",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. Main,
        "/console/models?q=lead&type=model",
        "/console/models/model.leads.dim_lead",
        "/console/models/test.leads.not_null_dim_lead_contact_id.1b60c80d97",
        $"/console/models/{Uri.EscapeDataString("model.payload.<b>bold</b>")}",
        "/console/lineage?focus=model.leads.dm_cac_per_source&column=cac",
        "/console/quality?table=lead_dataset",
        "/console/marts/model.leads.dm_cac_per_source",
        "/console/scores?lead=7",
        $"/console/runs/{ConsoleFixture.FailedRun}",
        $"/console/runs/models/{ConsoleFixture.ModelRun}?tests=true",
    ];
}
