using Serving.Scoring.Features;

namespace Serving.Scoring.Tests;

public sealed class DeclarationTests
{
    private static readonly DeclaredFeature s_calls = new("calls", "integer", FeatureKind.Number, Minimum: 0, Maximum: 100);

    [Fact]
    public void The_leads_declare_their_prediction_beside_the_model()
    {
        var leads = DeclaredPredictions.Find(DeclaredPredictions.LeadConversion).ShouldNotBeNull();

        leads.Relation.ShouldBe("lead_features");
        leads.Entity.ShouldBe([new DeclaredColumn("contact_id", "bigint")]);
        leads.LabelWindowDays.ShouldBe(24);
        leads.ObservedFrom.ShouldBe(new DateTime(2022, 11, 28));
        leads.FeatureSchema.Numbers.ShouldContain("call_attempts");
        leads.FeatureSchema.Categories.ShouldBe(["marketing_source", "known_city"]);
    }

    [Fact]
    public void The_label_the_key_and_what_is_left_out_are_no_features()
    {
        var leads = DeclaredPredictions.Find(DeclaredPredictions.LeadConversion).ShouldNotBeNull();
        string[] features = [.. leads.FeatureSchema.Numbers, .. leads.FeatureSchema.Categories];

        features.ShouldNotContain("is_customer");
        features.ShouldNotContain("contact_id");
        features.Intersect(leads.Excluded.Select(column => column.Name)).ShouldBeEmpty();
        leads.Excluded.ShouldAllBe(column => column.Reason.Length > 0);
    }

    [Fact]
    public void Another_order_is_another_schema() =>
        new FeatureSchema(["a", "b"], []).Fingerprint.ShouldNotBe(new FeatureSchema(["b", "a"], []).Fingerprint);

    [Fact]
    public void A_number_is_not_taken_for_a_category() =>
        new FeatureSchema(["a"], ["b"]).Fingerprint.ShouldNotBe(new FeatureSchema(["a", "b"], []).Fingerprint);

    [Theory]
    [InlineData("bigint", 0, 100)]
    [InlineData("integer", 0, 100_000)]
    [InlineData("integer", -1, 100)]
    public void Another_type_or_range_of_a_feature_is_another_schema(string type, double minimum, double maximum) =>
        FeatureSchema.Of([s_calls with { Type = type, Minimum = minimum, Maximum = maximum }]).Fingerprint.ShouldNotBe(FeatureSchema.Of([s_calls]).Fingerprint);
}
