namespace Models.Compiler.Tests.Project;

public sealed class VersionTests
{
    [Theory]
    [InlineData("'>=1.6.0'")]
    [InlineData("'>=1.6.0,<2.0.0'")]
    [InlineData("['>=1.6.0', '<2.0.0']")]
    [InlineData("'1.10.23'")]
    [InlineData("'=1.10.23'")]
    [InlineData("'>1.10.23-rc1'")]
    public void A_project_that_allows_this_version_of_dbt_is_read(string required)
    {
        using var project = new TemporaryProject($"require-dbt-version: {required}").Models(("a", "select 1 as id"));

        project.Diagnose().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("'>=1.99.0'", ">=1.99.0")]
    [InlineData("['>=1.0.0', '<1.5.0']", "<1.5.0")]
    [InlineData("1.9.0", "1.9.0")]
    public void A_project_for_another_version_of_dbt_is_refused_where_it_says_so(string required, string condition)
    {
        using var project = new TemporaryProject($"require-dbt-version: {required}").Models(("a", "select 1 as id"));

        var found = project.Diagnose().ShouldHaveSingleItem();
        found.ShouldStartWith("dbt_project.yml(4,");
        found.ShouldContain($"error MDL1030: the package 'shop' requires dbt {condition}, and this is the language of dbt 1.10.23");
    }

    [Fact]
    public void What_is_no_version_is_reported_where_it_is_written()
    {
        using var project = new TemporaryProject("require-dbt-version: newest").Models(("a", "select 1 as id"));

        project.Diagnose().ShouldBe(
            ["dbt_project.yml(4,22): error MDL1023: 'newest' is not a value of 'require-dbt-version': expected a version such as '>=1.6.0', or a list of " +
                "them"]);
    }

    [Fact]
    public void A_package_for_another_version_is_refused_too()
    {
        using var project = new TemporaryProject()
            .Models(("a", "select 1 as id"))
            .Write("dbt_packages/old/dbt_project.yml", "name: old\nrequire-dbt-version: '<1.0.0'\n");

        project.Diagnose().ShouldHaveSingleItem()
            .ShouldStartWith("dbt_packages/old/dbt_project.yml(2,22): error MDL1030: the package 'old' requires dbt <1.0.0");
    }

    [Fact]
    public void The_project_s_flags_or_the_command_line_may_turn_the_check_off()
    {
        using var byFlag = new TemporaryProject("require-dbt-version: '>=9.0.0'\nflags: {version_check: false}").Models(("a", "select 1 as id"));
        using var byOption = new TemporaryProject("require-dbt-version: '>=9.0.0'").Models(("a", "select 1 as id"));

        byFlag.Diagnose().ShouldBeEmpty();
        byFlag.Diagnose(o => o with { VersionCheck = true }).ShouldHaveSingleItem();
        byOption.Diagnose(o => o with { VersionCheck = false }).ShouldBeEmpty();
    }
}
