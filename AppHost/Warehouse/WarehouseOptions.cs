namespace AppHost.Warehouse;

/// <summary>How the warehouse's server is started.</summary>
internal sealed record WarehouseOptions
{
    /// <summary>Where a server of this machine's programs keeps its data; null for a folder of this clone.</summary>
    public string? Folder { get; init; }

    /// <summary>Delete the data of earlier runs first.</summary>
    public bool Reset { get; init; }

    /// <summary>Delete without asking.</summary>
    public bool ResetAgreed { get; init; }
}
