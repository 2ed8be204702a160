namespace Ingestion.Connectors.Sampling;

/// <summary>One invented lead with everything that became of it.</summary>
internal sealed record SampledLead
{
    public required int ContactId { get; init; }

    /// <summary>Blank where it is not known.</summary>
    public required string Source { get; init; }

    public required DateTime Created { get; init; }

    public required bool? KnownCity { get; init; }

    public required int? MessageLength { get; init; }

    public required bool IsTest { get; init; }

    /// <summary>What came of the calls; null for a lead that was never called.</summary>
    public required SampledCalls? Calls { get; init; }

    /// <summary>The contract; null for a lead that did not become a customer.</summary>
    public required SampledContract? Contract { get; init; }
}

/// <param name="Attempts">Calls tried.</param>
/// <param name="Seconds">Seconds spoken.</param>
/// <param name="LongCalls">Calls over 30 minutes.</param>
/// <param name="TrialDate">The trial's day; null where none was booked.</param>
internal sealed record SampledCalls(int Attempts, double Seconds, int LongCalls, DateOnly? TrialDate);

/// <param name="Date">When the contract was made.</param>
/// <param name="Months">How long it runs; null where it is not known.</param>
internal sealed record SampledContract(DateOnly Date, int? Months);
