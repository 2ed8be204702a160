namespace AppHost.Warehouse;

/// <summary>How the warehouse's server is started.</summary>
internal sealed record WarehouseOptions
{
    /// <summary>Where a server of this machine's programs keeps its data; null for a folder of this clone, one for the sample and one for data.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether the generated sample is loaded. It has a server folder or volume of its own, so that it never mixes with the data of a user.</summary>
    public bool HoldsSample { get; init; }

    /// <summary>Delete the data of earlier runs first.</summary>
    public bool Reset { get; init; }

    /// <summary>Delete without asking.</summary>
    public bool ResetAgreed { get; init; }
}
