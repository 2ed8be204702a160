using Leads;

namespace Serving.Scoring.Features;

/// <summary>
/// The question 'does this lead become a customer?': which columns of lead_features a model may look at, and which one it learns.
/// Why the others stay out is written in the description of lead_features.
/// </summary>
public static class LeadConversion
{
    /// <summary>The name its models have in the registry.</summary>
    public const string Name = "lead_conversion";

    public static FeatureView<LeadFeatures> View { get; } = new(
        numbers:
        [
            ("call_attempts", row => row.CallAttempts),
            ("total_call_seconds", row => row.TotalCallSeconds),
            ("calls_over_30min", row => row.CallsOver30Min),
            ("mean_call_seconds", row => row.MeanCallSeconds),
            ("calls_over_30min_share", row => row.CallsOver30MinShare),
            ("message_length", row => row.MessageLength),
        ],
        categories:
        [
            ("marketing_source", row => row.MarketingSource),
            ("known_city", row => row.KnownCity switch { true => "true", false => "false", null => null }),
        ]);

    public static Example Example(LeadFeatures row) => new(row.ContactId, View.Vector(row), row.IsCustomer);
}
