namespace Architecture.Tests;

/// <summary>No folder of a project stands in a circle with another: read from the compiled assemblies, so that no use escapes.</summary>
public sealed class FolderCircleTests
{
    public static TheoryData<string> Projects => [.. Repository.Products.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_folder_does_not_use_a_folder_that_uses_it(string project) => FolderUses.Of(Repository.Products[project]).Circles().ShouldBeEmpty();
}
