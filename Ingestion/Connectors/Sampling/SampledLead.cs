namespace Ingestion.Connectors.Sampling;

/// <summary>One generated lead and its history.</summary>
internal sealed record SampledLead
{
    public required int ContactId { get; init; }

    /// <summary>Blank if unknown.</summary>
    public required string Source { get; init; }

    public required DateTime Created { get; init; }

    public required bool? KnownCity { get; init; }

    public required int? MessageLength { get; init; }

    public required bool IsTest { get; init; }

    /// <summary>The results of the calls; null for a lead that was never called.</summary>
    public required SampledCalls? Calls { get; init; }

    /// <summary>The contract; null for a lead that did not become a customer.</summary>
    public required SampledContract? Contract { get; init; }
}

/// <param name="Attempts">The number of attempted calls.</param>
/// <param name="Seconds">The total duration in seconds.</param>
/// <param name="LongCalls">The number of calls over 30 minutes.</param>
/// <param name="TrialDate">The date of the trial; null if none was booked.</param>
internal sealed record SampledCalls(int Attempts, double Seconds, int LongCalls, DateOnly? TrialDate);

/// <param name="Date">The date of the contract.</param>
/// <param name="Months">The duration; null if unknown.</param>
internal sealed record SampledContract(DateOnly Date, int? Months);
