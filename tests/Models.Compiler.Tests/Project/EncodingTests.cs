using Models.Contracts;
using Models.Diagnostics;

namespace Models.Compiler.Tests.Project;

/// <summary>Every file of a project is UTF-8: a byte that is not is refused with its place, and nothing is put in its stead.</summary>
public sealed class EncodingTests
{
    [Theory]
    [InlineData("models/schema.yml", "models: [{name: a, description: M")]
    [InlineData("models/d.md", "{% docs d %}M")]
    [InlineData("macros/m.sql", "{% macro m() %}M")]
    [InlineData("tests/t.sql", "select 'M")]
    [InlineData("analyses/x.sql", "select 'M")]
    [InlineData("snapshots/s.sql", "{% snapshot s %}M")]
    [InlineData("dbt_project.yml", "name: M")]
    [InlineData("profiles.yml", "shop: M")]
    [InlineData("packages.yml", "packages: M")]
    [InlineData(".dbtignore", "M")]
    public void A_byte_that_is_not_utf_8_is_refused_with_its_place(string file, string before)
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id"));
        Append(project, file, before, 0xFC);

        project.Diagnose().ShouldBe(
            [$"{file}(1,{before.Length + 1}): error MDL1011: the file cannot be read: byte 0xFC at offset {before.Length} is not UTF-8; save the file as " +
                $"UTF-8"]);
    }

    [Theory]
    [InlineData("models/schema.yml")]
    [InlineData("models/d.md")]
    [InlineData("models/a.sql")]
    public void A_nul_character_is_refused(string file)
    {
        using var project = new TemporaryProject().Models(("a", "select 1 as id"));
        Append(project, file, "ab\n", 0);

        project.Diagnose().ShouldBe(
            [$"{file}(2,1): error MDL1011: the file cannot be read: byte 0x00 at offset 3 is a NUL character, which no text can hold; remove it, or save the " +
                $"file as UTF-8"]);
    }

    [Fact]
    public void A_contract_is_refused_with_the_byte_s_place()
    {
        using var project = new TemporaryProject();
        Append(project, "contracts/c.yml", "name: c\ndescription: M", 0xFC);
        var found = new DiagnosticBag();

        ContractReader.ReadAll(Path.GetDirectoryName(project.PathOf("dbt_project.yml"))!, found).ShouldBeEmpty();

        found.ToSortedList().Select(project.Show).ShouldBe(
            ["contracts/c.yml(2,15): error MDL6101: The contract cannot be read: byte 0xFC at offset 22 is not UTF-8; save the file as UTF-8"]);
    }

    private static void Append(TemporaryProject project, string file, string before, byte fault)
    {
        project.Write(file, before);
        using var stream = new FileStream(project.PathOf(file), FileMode.Append);
        stream.WriteByte(fault);
        stream.Write("x\n"u8);
    }
}
