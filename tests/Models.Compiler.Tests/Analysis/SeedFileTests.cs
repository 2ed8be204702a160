using System.Text;

namespace Models.Compiler.Tests.Analysis;

/// <summary>What is wrong in a seed's file is found while building, at its line.</summary>
public sealed class SeedFileTests
{
    [Theory]
    [InlineData("a,b,a\n1,2,3\n", "seeds/s.csv(1,1): error MDL6404: The header names column 'a' twice; give one of them another name")]
    [InlineData("a,,c\n1,2,3\n", "seeds/s.csv(1,1): error MDL6405: Column 2 of the header has no name; give it one, or remove the column")]
    [InlineData("a,b\n1,2\n3\n", "seeds/s.csv(3,1): error MDL6403: The record has 1 fields where the header has 2; quote values that hold the delimiter")]
    [InlineData("a,b\r1,2\r3,4,5\r", "seeds/s.csv(3,1): error MDL6403: The record has 3 fields where the header has 2; quote values that hold the delimiter")]
    [InlineData("a,b\n1,\"2\n3,4\n",
        "seeds/s.csv(2,1): error MDL6406: A quote is opened in line 2 and never closed; close it, or double a quote that is part of a value")]
    [InlineData(
        "a,b\n1,x\0y\n", "seeds/s.csv(2,4): error MDL6401: The seed cannot be read: byte 0x00 at offset 7 is a NUL character, which no text can hold; remove " +
        "it, or save the file as UTF-8")]
    [InlineData("id,Ctid,ctid\n1,2,3\n",
        "seeds/s.csv(1,1): error MDL6409: The header names column 'ctid', which is PostgreSQL's own in every table; give it another name")]
    public async Task A_fault_of_the_file_is_reported_at_its_line(string text, string expected)
    {
        using var project = new ShopProject().Write("seeds/s.csv", text);

        (await project.DiagnoseAsync()).ShouldBe([expected]);
    }

    [Fact]
    public async Task A_header_s_names_may_be_the_same_only_where_they_are_quoted()
    {
        using var project = new ShopProject().Write("seeds/s.csv", "Id,id\n1,2\n");
        (await project.CompileAsync()).ColumnsOf("s").ShouldBe(["Id integer", "id integer"]);

        project.Write("seeds/s.yml", "seeds: [{name: s, config: {quote_columns: false}}]");
        (await project.DiagnoseAsync()).ShouldBe(["seeds/s.csv(1,1): error MDL6404: The header names column 'id' twice; give one of them another name"]);
    }

    [Fact]
    public async Task A_column_s_name_that_would_be_cut_is_an_error()
    {
        var name = new string('n', 62);
        using var project = new ShopProject().Write("seeds/s.csv", $"id,{name}é\n1,2\n");

        (await project.DiagnoseAsync()).ShouldBe(
            [$"seeds/s.csv(1,1): error MDL6408: The header names column '{name}é' of 64 bytes, of which PostgreSQL keeps 63: '{name}'; give it a shorter " +
                $"name"]);
    }

    [Fact]
    public async Task A_fault_is_found_also_where_every_type_is_configured()
    {
        using var project = new ShopProject()
            .Write("seeds/s.csv", "id\n1\n2,3\n").Write("seeds/s.yml", "seeds: [{name: s, config: {column_types: {id: int}}}]");

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith("seeds/s.csv(3,1): error MDL6403");
    }

    [Theory]
    [InlineData("first byte", "(1,1)", 0)]
    [InlineData("after a mark", "(1,1)", 3)]
    [InlineData("in a later line", "(3,3)", 12)]
    [InlineData("behind characters of several bytes", "(2,5)", 14)]
    [InlineData("beyond the first block", "(1,70001)", 70_000)]
    public async Task A_byte_that_is_not_utf_8_is_reported_with_line_and_offset(string where, string place, int offset)
    {
        byte[] before = where switch
        {
            "first byte" => [],
            "after a mark" => [.. Encoding.UTF8.Preamble],
            "in a later line" => [.. "name\r\n\"x\r\nM,"u8],
            "behind characters of several bytes" => [.. "näme\n€😀,"u8],
            _ => [.. Enumerable.Repeat((byte)'x', 70_000)],
        };
        using var project = new ShopProject().Write("seeds/s.csv", "");
        await File.WriteAllBytesAsync(project.PathOf("seeds/s.csv"), [.. before, 0xFC, .. "ller\n"u8], TestContext.Current.CancellationToken);

        before.Length.ShouldBe(offset);
        (await project.DiagnoseAsync())
            .ShouldBe([$"seeds/s.csv{place}: error MDL6401: The seed cannot be read: byte 0xFC at offset {offset} is not UTF-8; save the file as UTF-8"]);
    }

    [Fact]
    public async Task A_seed_in_utf_16_is_refused()
    {
        using var project = new ShopProject().Write("seeds/s.csv", "");
        await File.WriteAllTextAsync(project.PathOf("seeds/s.csv"), "id\n1\n", Encoding.Unicode, TestContext.Current.CancellationToken);

        (await project.DiagnoseAsync())
            .ShouldBe(["seeds/s.csv(1,1): error MDL6401: The seed cannot be read: it begins with the byte order mark of UTF-16; save the file as UTF-8"]);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_header()
    {
        using var project = new ShopProject().Write("seeds/s.csv", "\uFEFFid,name\n1,\u0001x\n");

        (await project.CompileAsync()).ColumnsOf("s").ShouldBe(["id integer", "name text"]);
    }

    [Theory]
    [InlineData("real", "16777217", "16777216")]
    [InlineData("double precision", "9007199254740993", "9007199254740992")]
    [InlineData("numeric(6,0)", "2.5", "3")]
    [InlineData("decimal(5, 2)", "-1.005", "-1.01")]
    public async Task A_number_that_its_column_rounds_is_warned_of(string type, string written, string stored)
    {
        using var project = new ShopProject().Write("seeds/s.csv", $"id,v\n1,0.25\n2,{written}\n3,{written}\n")
            .Write("seeds/s.yml", $"seeds: [{{name: s, config: {{column_types: {{v: '{type}'}}}}}}]");
        string[] expected = type.StartsWith("numeric", StringComparison.Ordinal)
            ? ["seeds/s.csv(2,1): warning MDL6407: Column 'v' of type numeric(6,0) stores 0.25 as 0; give it a type under column_types that holds the value, " +
                "for example numeric"]
            : [$"seeds/s.csv(3,1): warning MDL6407: Column 'v' of type {type} stores {written} as {stored}; give it a type under column_types that holds the " +
                $"value, for example numeric"];

        (await project.DiagnoseAsync()).ShouldBe(expected);
        (await project.DiagnoseAsync(b => b with { CacheDirectory = project.OutputFolder })).ShouldBe(expected);
        (await project.DiagnoseAsync(b => b with { CacheDirectory = project.OutputFolder })).ShouldBe(expected);
    }

    [Theory]
    [InlineData("real", "0.1")]
    [InlineData("real", "1.5e10")]
    [InlineData("double precision", "0.1234567890123")]
    [InlineData("numeric(6,2)", "1.500")]
    [InlineData("numeric", "0.12345678901234567890")]
    public async Task A_number_that_comes_back_is_not_warned_of(string type, string written)
    {
        using var project = new ShopProject()
            .Write("seeds/s.csv", $"id,v\n1,{written}\n").Write("seeds/s.yml", $"seeds: [{{name: s, config: {{column_types: {{v: '{type}'}}}}}}]");

        (await project.DiagnoseAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1e-400", "numeric")]
    [InlineData("1e400", "numeric")]
    [InlineData("0.0e-400", "double precision")]
    [InlineData("Infinity", "double precision")]
    public async Task A_guessed_type_holds_every_value(string value, string type)
    {
        using var project = new ShopProject().Write("seeds/s.csv", $"v\n{value}\n1.5\n");

        (await project.CompileAsync()).ColumnsOf("s").ShouldBe([$"v {type}"]);
    }

    [Fact]
    public async Task A_seed_that_is_replaced_by_one_of_the_same_size_and_an_older_time_is_read_again()
    {
        using var project = new ShopProject().Write("seeds/s.csv", "ab\n1\n").Write("models/m.sql", "select ab from {{ ref('s') }}");
        BuildOptions Cached(BuildOptions b) => b with { CacheDirectory = project.OutputFolder };
        (await project.DiagnoseAsync(Cached)).ShouldBeEmpty();
        var time = File.GetLastWriteTimeUtc(project.PathOf("seeds/s.csv"));

        project.Write("seeds/s.csv", "ac\n1\n");
        File.SetLastWriteTimeUtc(project.PathOf("seeds/s.csv"), time);

        (await project.DiagnoseAsync(Cached)).ShouldHaveSingleItem().ShouldContain("Column 'ab' does not exist");
    }
}
