namespace AppHost.Tests.Whole;

/// <summary>The application with the pipelines that scores come from and one more, for what depends on none of the others.</summary>
public sealed class LeadsAppFixture : AppFixture
{
    protected override IReadOnlyList<string> Arguments => ["--pipelines", "leads,cars"];
}
