using Leads;
using Serving.Scoring.Features;

namespace Serving.Scoring.Tests;

public sealed class FeatureViewTests
{
    [Fact]
    public void A_lead_without_calls_has_missing_numbers()
    {
        var row = new LeadFeatures { ContactId = 1, CreatedAt = default, MarketingSource = "Google", IsCustomer = true };

        var vector = LeadConversion.View.Vector(row);

        vector.Numbers.ShouldAllBe(number => double.IsNaN(number));
        vector.Categories.ShouldBe(["Google", null]);
    }

    [Fact]
    public void The_label_and_the_key_are_no_features()
    {
        string[] names = [.. LeadConversion.View.Schema.Numbers, .. LeadConversion.View.Schema.Categories];

        names.ShouldNotContain("is_customer");
        names.ShouldNotContain("contact_id");
        LeadConversion.Example(new LeadFeatures { ContactId = 7, CreatedAt = default, MarketingSource = "Meta", IsCustomer = true }).Label.ShouldBeTrue();
    }

    [Fact]
    public void Another_order_is_another_schema() =>
        new FeatureSchema(["a", "b"], []).Fingerprint.ShouldNotBe(new FeatureSchema(["b", "a"], []).Fingerprint);

    [Fact]
    public void A_number_is_not_taken_for_a_category() =>
        new FeatureSchema(["a"], ["b"]).Fingerprint.ShouldNotBe(new FeatureSchema(["a", "b"], []).Fingerprint);
}
