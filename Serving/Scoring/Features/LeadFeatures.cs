namespace Serving.Scoring.Features;

/// <summary>A row of the features model lead_features.</summary>
public sealed record LeadFeatures
{
    public required long ContactId { get; init; }

    public required string MarketingSource { get; init; }

    public bool? KnownCity { get; init; }

    public int? MessageLength { get; init; }

    public int? CallAttempts { get; init; }

    public double? TotalCallSeconds { get; init; }

    public int? CallsOver30Min { get; init; }

    public double? MeanCallSeconds { get; init; }

    public double? CallsOver30MinShare { get; init; }

    public required bool IsCustomer { get; init; }
}
