namespace Ingestion.Connectors.Tests.BadFiles;

/// <summary>A file that is damaged, badly written or badly delivered.</summary>
/// <param name="What">What is bad, the name of the case.</param>
/// <param name="Format">The contract's format.</param>
/// <param name="Deliveries">The loads, one after another.</param>
internal sealed record BadFile(string What, string Format, params Delivery[] Deliveries)
{
    /// <summary>More lines of the contract.</summary>
    public string Rest { get; init; } = "";

    /// <summary>What the contract's <c>file</c> says.</summary>
    public string File { get; init; } = Delivery.FirstName;
}
