namespace Models.Compiler.Tests.Project;

public sealed class DuplicateTests
{
    [Fact]
    public void What_is_there_twice_is_said_once_with_the_first_by_its_path()
    {
        using var project = new TemporaryProject()
            .Write("models/x/a.sql", "select 1 as id")
            .Write("models/y/a.sql", "select 2 as id")
            .Write("seeds/a.csv", "id\n1\n")
            .Write("models/p.yml", "models:\n  - name: a\n  - name: a\n");

        for (var i = 0; i < 5; i++)
        {
            project.Diagnose().ShouldBe(
            [
                "models/p.yml(3,11): error MDL1013: the description of model 'a' is defined twice, first in models/p.yml(2,11); a name may be used once, " +
                "rename or remove one",
                "models/y/a.sql: error MDL3013: model 'a' is defined twice, first in models/x/a.sql; rename or remove one",
                "seeds/a.csv: error MDL3013: seed 'a' is defined twice, first in models/x/a.sql; rename or remove one",
            ]);
        }
    }

    [Fact]
    public void A_file_that_is_not_utf_8_is_reported_with_its_line()
    {
        using var project = new TemporaryProject();
        Directory.CreateDirectory(project.PathOf("models"));
        File.WriteAllBytes(project.PathOf("models/a.sql"), [.. "select 1\n, 2 -- "u8, 0xff, (byte)'\n']);

        project.Diagnose().ShouldBe(["models/a.sql(2,8): error MDL1011: the file cannot be read: byte 0xFF at offset 16 is not UTF-8; save the file as UTF-8"]);
    }
}
