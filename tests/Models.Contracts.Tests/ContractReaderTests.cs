using Models.Diagnostics;

namespace Models.Contracts.Tests;

public sealed class ContractReaderTests
{
    private const string Valid = """
        name: orders
        description: Orders of the shop.
        format: csv
        file: shop/orders.csv
        primary_key: [id, line]
        options:
          delimiter: ";"
          thousands_separator: ","
          null_values: [n/a]
        fields:
          - {name: id, type: bigint, required: true}
          - {name: line, type: int, required: true}
          - {name: amount, type: "numeric(12, 2)", description: Price.}
          - {name: month, type: date, format: yyyy-MM}
        """;

    [Theory]
    [InlineData("", 1L, null, null)]
    [InlineData("min_rows: 0", 0L, null, null)]
    [InlineData("max_bad_rows: 10", 1L, 10L, null)]
    [InlineData("max_bad_rows: 2.5%", 1L, null, 2.5)]
    public void A_contract_says_when_a_load_is_too_bad(string limits, long minRows, long? maxBadRows, double? maxBadPercent)
    {
        var contract = Read($"{limits}\n{Valid}", out var diagnostics).ShouldNotBeNull();

        diagnostics.ShouldBeEmpty();
        contract.Limits.ShouldBe(new LoadLimits { MinRows = minRows, MaxBadRows = maxBadRows, MaxBadPercent = (decimal?)maxBadPercent });
    }

    [Theory]
    [InlineData("min_rows: -1", "'min_rows' must be a number of rows, 0 or more")]
    [InlineData("max_bad_rows: few", "'max_bad_rows' must be a number of rows (10) or a share of them (5%)")]
    [InlineData("max_bad_rows: 101%", "'max_bad_rows' must be a number of rows (10) or a share of them (5%)")]
    public void A_limit_that_is_none_is_reported(string limits, string message)
    {
        Read($"{limits}\n{Valid}", out var diagnostics).ShouldBeNull();

        diagnostics.ShouldHaveSingleItem().Message.ShouldBe(message);
    }

    [Fact]
    public void A_byte_that_is_not_utf_8_is_reported_where_it_is()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, [.. "name: orders\ndescription: caf"u8, 0xE9, .. "\n"u8]);
            var diagnostics = new DiagnosticBag();

            ContractReader.Read(path, diagnostics).ShouldBeNull();

            diagnostics.ToSortedList().ShouldHaveSingleItem().ToString()
                .ShouldBe($"{path}(2,17): error MDL6101: The contract cannot be read: byte 0xE9 at offset 29 is not UTF-8; save the file as UTF-8");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_contract_gives_its_fields_and_the_metadata_columns()
    {
        var contract = Read(Valid, out var diagnostics).ShouldNotBeNull();

        diagnostics.ShouldBeEmpty();
        contract.Name.ShouldBe("orders");
        contract.PrimaryKey.ShouldBe(["id", "line"]);
        contract.Options.File.ShouldBe("shop/orders.csv");
        contract.Options.Delimiter.ShouldBe(';');
        contract.Options.NullValues.ShouldBe(["n/a"]);
        contract.Columns.Select(c => $"{c.Name} {c.DataType} {(c.NotNull ? "not null" : "null")}").ShouldBe(
        [
            "id bigint not null",
            "line integer not null",
            "amount numeric(12,2) null",
            "month date null",
            "meta_batch_id uuid not null",
            "meta_source_file text not null",
            "meta_source_line bigint not null",
            "meta_processing_time timestamp with time zone not null",
            "meta_entity_id text not null",
        ]);
    }

    [Theory]
    [InlineData("format: csv", "fromat: csv", "(3,1)", "Unknown key 'fromat' in the contract; did you mean 'format'?")]
    [InlineData("format: csv", "", "(1,1)", "the contract has no 'format'; add 'format: csv'")]
    [InlineData("type: bigint", "type: bigitn", "(11,22)", "Unknown type 'bigitn' of field 'id'; did you mean 'bigint'?")]
    [InlineData("numeric(12, 2)", "numeric(12, 20)", "(13,26)", "Unknown type 'numeric(12, 20)' of field 'amount'")]
    [InlineData("name: line,", "name: id,", "(12,12)", "Field 'id' is declared twice")]
    [InlineData("[id, line]", "[id, lien]", "(5,19)", "The primary key names 'lien', which is no field of the contract; did you mean 'line'?")]
    [InlineData("[id, line]", "[id, amount]", "(5,19)", "The primary key's field 'amount' is not required")]
    [InlineData("name: amount", "name: meta_amount", "(13,12)", "Field 'meta_amount' takes a name that ingestion needs")]
    [InlineData("type: date, format", "type: text, format", "(14,39)", "Field 'month' of type text cannot have a format")]
    [InlineData("required: true", "required: yes please", "(11,40)", "'required' must be true or false")]
    [InlineData("delimiter: \";\"", "delimiter: \";;\"", "(7,14)", "'delimiter' must be one character")]
    [InlineData("\",\"", "\".\"", "(8,24)", "'thousands_separator' must be another character than the decimal separator")]
    [InlineData("null_values: [n/a]", "null_values: {n: a}", "(9,16)", "'null_values' must be a list of texts")]
    [InlineData("type: bigint, required", "type: bigint, pattern: x, required", "(11,39)", "Field 'id' of type bigint cannot have 'pattern'; only a text can")]
    [InlineData("type: bigint, required", "type: bigint, min: one, required", "(11,35)", "'min' must be a number")]
    [InlineData("type: date, format", "type: date, max: tomorrow, format", "(14,36)", "'max' must be a date or time as in 2023-01-31 or 2023-01-31T23:59:59Z")]
    [InlineData(
        "type: date, format", "type: date, values: [x], format", "(14,39)", "Field 'month' of type date cannot have 'values'; only a text or whole number can")]
    [InlineData("type: date, format: yyyy-MM", "type: text, pattern: '('", "(14,40)", "The pattern of field 'month' cannot be used: ")]
    [InlineData("type: date, format: yyyy-MM", "type: text, pattern: '(?=a)'", "(14,40)", "The pattern of field 'month' cannot be used: ")]
    [InlineData("format: csv", "format: csv\non_schema_change: add", "(4,19)", "'on_schema_change' must be one of fail, add_columns, ignore")]
    [InlineData("null_values: [n/a]", "max_unpacked_mb: 0", "(9,20)", "'max_unpacked_mb' must be a whole number above zero")]
    [InlineData("primary_key: [id, line]", "primary_key: [id, line", "(6", "The contract is not valid yaml")]
    public void A_mistake_is_reported_where_it_is_written(string right, string wrong, string place, string message)
    {
        var contract = Read(Valid.Replace(right, wrong), out var diagnostics);

        contract.ShouldBeNull();
        diagnostics.ShouldContain(d => d.ToString().StartsWith("orders.yml" + place) && d.Message.StartsWith(message), string.Join("\n", diagnostics));
    }

    [Theory]
    [InlineData("", SyncMode.FullRefreshAppend, null)]
    [InlineData("sync_mode: full_refresh_append", SyncMode.FullRefreshAppend, null)]
    [InlineData("sync_mode: full_refresh_overwrite", SyncMode.FullRefreshOverwrite, null)]
    [InlineData("sync_mode: incremental_append\ncursor: id", SyncMode.IncrementalAppend, "id")]
    [InlineData("sync_mode: incremental_deduplicated\ncursor: line", SyncMode.IncrementalDeduplicated, "line")]
    [InlineData("sync_mode: snapshot_merge", SyncMode.SnapshotMerge, null)]
    [InlineData("sync_mode: scd2", SyncMode.Scd2, null)]
    public void A_contract_says_how_its_rows_come_into_the_table(string text, SyncMode mode, string? cursor)
    {
        var contract = Read($"{Valid}\n{text}", out var diagnostics).ShouldNotBeNull(string.Join("\n", diagnostics));

        (contract.SyncMode, contract.Cursor).ShouldBe((mode, cursor));
        contract.Columns.Select(c => c.Name).Contains(MetadataColumns.ValidTo).ShouldBe(mode == SyncMode.Scd2);
    }

    [Theory]
    [InlineData("sync_mode: scd", "Unknown sync mode 'scd'; did you mean 'scd2'?; expected one of full_refresh_append,")]
    [InlineData("sync_mode: incremental_append", "The sync mode incremental_append needs 'cursor'; add 'cursor: updated_at' to the contract")]
    [InlineData("sync_mode: incremental_append\ncursor: lien", "The cursor names 'lien', which is no field of the contract; did you mean 'line'?")]
    [InlineData(
        "sync_mode: incremental_append\ncursor: amount", "The cursor 'amount' must be a required field of a whole number, numeric, date or timestamp type")]
    [InlineData("cursor: id", "The sync mode full_refresh_append has no cursor; remove it, or use incremental_append or incremental_deduplicated")]
    public void A_mode_that_lacks_something_is_reported(string text, string message)
    {
        Read($"{Valid}\n{text}", out var diagnostics).ShouldBeNull();

        diagnostics.ShouldHaveSingleItem().Message.ShouldStartWith(message);
    }

    [Theory]
    [InlineData("sync_mode: snapshot_merge", "primary_key: [id, line]", "",
        "The sync mode snapshot_merge needs 'primary_key'; add 'primary_key: [id]' to the contract")]
    [InlineData(
        "sync_mode: scd2", "shop/orders.csv", "shop/*.csv",
        "The sync mode scd2 deletes or closes rows that the source lacks, so that it needs one complete file; name one")]
    public void A_mode_of_whole_sources_needs_a_key_and_one_file(string text, string right, string wrong, string message)
    {
        Read($"{Valid.Replace(right, wrong)}\n{text}", out var diagnostics).ShouldBeNull();

        diagnostics.ShouldContain(d => d.Message == message, string.Join("\n", diagnostics));
    }

    [Theory]
    [InlineData("shop/*.csv", "", "shop/*.csv")]
    [InlineData("[a.csv, b.csv]", "", "a.csv b.csv")]
    [InlineData("[a.csv]", "a.csv", "")]
    public void A_contract_names_one_file_or_several(string file, string only, string several)
    {
        var options = Read(Valid.Replace("file: shop/orders.csv", $"file: {file}"), out _).ShouldNotBeNull().Options;

        options.File.ShouldBe(only);
        options.Files.ShouldBe(several.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_empty_file_is_one_clear_line()
    {
        Read("", out var diagnostics).ShouldBeNull();

        diagnostics.ShouldHaveSingleItem().Message.ShouldBe("'contract' must be one mapping with name, format and fields");
    }

    [Fact]
    public void Two_contracts_for_one_table_are_reported()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var contracts = folder.CreateSubdirectory(ContractReader.FolderName);
            File.WriteAllText(Path.Combine(contracts.FullName, "a.yml"), Valid);
            File.WriteAllText(Path.Combine(contracts.FullName, "b.yml"), Valid);
            var diagnostics = new DiagnosticBag();

            ContractReader.ReadAll(folder.FullName, diagnostics).ShouldHaveSingleItem();

            diagnostics.ToSortedList().ShouldHaveSingleItem().Message.ShouldStartWith("Contract 'orders' is also declared in ");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Contract? Read(string text, out IReadOnlyList<Diagnostic> diagnostics)
    {
        var bag = new DiagnosticBag();
        var contract = ContractReader.Read(new SourceText("orders.yml", text), bag);
        diagnostics = bag.ToSortedList();
        return contract;
    }
}
