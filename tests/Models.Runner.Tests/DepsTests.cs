using System.Diagnostics;

namespace Models.Runner.Tests;

/// <summary><c>deps</c>: packages, and those that they list.</summary>
public sealed class DepsTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_local_package_is_linked_under_its_name_with_the_packages_that_it_lists()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("integration_tests/dbt_project.yml", "name: crm_tests\nversion: '1.0'\nprofile: shop\n")
            .Write("integration_tests/packages.yml", "packages: [{local: ../}]")
            .Write("integration_tests/models/a.sql", "select {{ crm.label() }} as label, {{ kit.one() }} as one")
            .Write("dbt_project.yml", "name: crm\nversion: '1.0'\nprofile: shop\n")
            .Write("packages.yml", "packages: [{local: 'lib/the-kit'}]")
            .Write("macros/label.sql", "{% macro label() %}'crm'{% endmacro %}")
            .Write("lib/the-kit/dbt_project.yml", "name: kit\n")
            .Write("lib/the-kit/macros/one.sql", "{% macro one() %}1{% endmacro %}");

        var (exitCode, _, errors) = await LeadlineProcess.RunInAsync(project, "integration_tests", "deps");
        exitCode.ShouldBe(0, errors);
        Directory.EnumerateDirectories(Path.Combine(project.Folder, "integration_tests/dbt_packages"))
            .Select(Path.GetFileName).Order().ShouldBe(["crm", "kit"]);

        (exitCode, var output, errors) = await LeadlineProcess.RunInAsync(project, "integration_tests", "run");
        exitCode.ShouldBe(0, output + errors);
        (await project.ScalarAsync("select label || one from dev.a")).ShouldBe("crm1");
    }

    [Fact]
    public async Task What_packages_need_is_downloaded_in_a_version_that_fits_all_of_them_and_taken_again_from_the_lock_file()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await using var hub = await PackageServer.StartAsync();
        hub.Add("acme/kit", "1.0.0", ("dbt_project.yml", "name: kit\n"), ("macros/v.sql", "{% macro v() %}1{% endmacro %}"))
            .Add("acme/kit", "1.2.0", ("dbt_project.yml", "name: kit\n"), ("macros/v.sql", "{% macro v() %}12{% endmacro %}"))
            .Add("acme/kit", "1.3.0-rc1", ("dbt_project.yml", "name: kit\n"))
            .Add("acme/kit", "2.0.0", ("dbt_project.yml", "name: kit\n"))
            .Add("acme/source", "0.1.0", ("dbt_project.yml", "name: acme_source\n"),
                ("packages.yml", "packages: [{package: acme/kit, version: ['>=1.0.0', '<2.0.0']}]"), ("models/s.sql", "select {{ kit.v() }} as v"));
        project.Write("packages.yml", "packages:\n  - package: acme/source\n    version: 0.1.0\n  - package: acme/kit\n    version: '>=1.0.0'\n")
            .Write("dbt_packages/gone/dbt_project.yml", "name: gone\n");

        (await hub.RunAsync(project, "deps")).ShouldBeEmpty();

        Directory.EnumerateDirectories(Path.Combine(project.Folder, "dbt_packages")).Select(Path.GetFileName).Order().ShouldBe(["acme_source", "kit"]);
        File.ReadAllText(Path.Combine(project.Folder, "package-lock.yml")).ShouldStartWith("""
            packages:
              - name: acme_source
                package: acme/source
                version: 0.1.0
              - name: kit
                package: acme/kit
                version: 1.2.0
            sha1_hash: 
            """.TrimEnd());
        (await hub.RunAsync(project, "run")).ShouldBeEmpty();
        (await project.ScalarAsync("select v from dev.s")).ShouldBe("12");

        hub.Add("acme/kit", "1.9.0", ("dbt_project.yml", "name: kit\n"), ("macros/v.sql", "{% macro v() %}19{% endmacro %}"));
        (await hub.RunAsync(project, "deps")).ShouldBeEmpty();
        (await hub.RunAsync(project, "run")).ShouldBeEmpty();
        (await project.ScalarAsync("select v from dev.s")).ShouldBe("12");
        (await hub.RunAsync(project, "deps", "--upgrade")).ShouldBeEmpty();
        (await hub.RunAsync(project, "run")).ShouldBeEmpty();
        (await project.ScalarAsync("select v from dev.s")).ShouldBe("19");
    }

    [Fact]
    public async Task A_package_comes_from_an_archive_or_from_a_folder_of_a_repository_at_a_revision()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await using var hub = await PackageServer.StartAsync();
        hub.Add("acme/kit", "1.0.0", ("dbt_project.yml", "name: kit\n"), ("macros/v.sql", "{% macro v() %}1{% endmacro %}"));
        project.Write("repository/sub/dbt_project.yml", "name: own\n").Write("repository/sub/macros/w.sql", "{% macro w() %}2{% endmacro %}");
        var repository = Path.Combine(project.Folder, "repository");
        string[] commit = ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qam", "a"];
        foreach (var arguments in (string[][])[["init", "-q"], ["add", "."], commit, ["tag", "v1"]])
            await RunGitAsync(repository, arguments);
        project.Write("repository/sub/macros/w.sql", "{% macro w() %}3{% endmacro %}");
        await RunGitAsync(repository, commit);
        project.Write("packages.yml", $"""
            packages:
              - tarball: {hub.Address}acme/kit/1.0.0.tar.gz
                name: kit
              - git: {new Uri(repository)}
                revision: v1
                subdirectory: sub
            """).Write("models/m.sql", "select {{ kit.v() }} + {{ own.w() }} as v");

        (await hub.RunAsync(project, "deps")).ShouldBeEmpty();
        (await hub.RunAsync(project, "run")).ShouldBeEmpty();

        (await project.ScalarAsync("select v from dev.m")).ShouldBe("3");
    }

    [Fact]
    public async Task Every_package_that_cannot_be_reached_is_named_in_one_line_and_one_put_there_by_hand_is_used()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        var offline = new Dictionary<string, string> { ["DBT_PACKAGE_HUB_URL"] = "http://127.0.0.1:1/" };
        project.Write("packages.yml", "packages: [{local: own}]")
            .Write("own/dbt_project.yml", "name: own\n")
            .Write("own/packages.yml",
                "packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n  - git: https://127.0.0.1:1/some-kit.git\n    revision: v1\n");

        var (exitCode, _, errors) = await LeadlineProcess.RunAsync(project, ["deps"], offline);
        exitCode.ShouldBe(2);
        errors.ShouldContain("own/packages.yml(2,5): error MDL1038: the package 'dbt-labs/dbt_utils' cannot be installed: 127.0.0.1 cannot be reached");
        errors.ShouldContain("own/packages.yml(4,5): error MDL1038: the package 'https://127.0.0.1:1/some-kit.git' cannot be installed: git says: fatal: ");
        errors.ShouldContain($"or put its files into {Path.Combine(project.Folder, "dbt_packages", "some_kit")}");

        project.Write("dbt_packages/dbt_utils/dbt_project.yml", "name: dbt_utils\n").Write("dbt_packages/some_kit/dbt_project.yml", "name: some_kit\n");
        (exitCode, var output, errors) = await LeadlineProcess.RunAsync(project, ["deps"], offline);
        exitCode.ShouldBe(0, errors);
        output.ShouldContain("The package 'dbt-labs/dbt_utils' stays as it is in ");
        Directory.EnumerateDirectories(Path.Combine(project.Folder, "dbt_packages")).Select(Path.GetFileName).Order()
            .ShouldBe(["dbt_utils", "own", "some_kit"]);
    }

    [Fact]
    public async Task Versions_that_do_not_fit_together_name_those_that_there_are()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        await using var hub = await PackageServer.StartAsync();
        hub.Add("acme/kit", "1.0.0", ("dbt_project.yml", "name: kit\n")).Add("acme/kit", "2.0.0", ("dbt_project.yml", "name: kit\n"));
        project.Write("packages.yml", "packages:\n  - package: acme/kit\n    version: ['>1.0.0', '<2.0.0']\n  - package: acme/none\n    version: 1.0.0\n");

        var errors = await hub.RunAsync(project, "deps");

        errors.ShouldContain("the package 'acme/kit' cannot be installed: no version of it fits '>1.0.0', '<2.0.0' and dbt");
        errors.ShouldContain("there are 2.0.0, 1.0.0");
        errors.ShouldContain("the package 'acme/none' cannot be installed: the hub has no such package");
    }

    [Fact]
    public async Task A_secret_in_the_address_of_a_package_is_not_shown_whatever_a_template_makes_of_it()
    {
        await using var project = await TestProject.CreateAsync(postgres);
        project.Write("packages.yml",
            "packages: [{git: \"https://ann:{{ env_var('DBT_ENV_SECRET_TOKEN') | replace(' ', '+') }}@127.0.0.1:1/kit.git\", revision: main}]\n");

        var (exitCode, output, errors) = await LeadlineProcess.RunAsync(
            project, ["deps"], new Dictionary<string, string> { ["DBT_ENV_SECRET_TOKEN"] = "open sesame" });

        exitCode.ShouldBe(2);
        (output + errors).ShouldNotContain("sesame");
        errors.ShouldContain("dbt_packages/kit");
    }

    private static async Task RunGitAsync(string folder, string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        await git.WaitForExitAsync();
        git.ExitCode.ShouldBe(0);
    }
}
