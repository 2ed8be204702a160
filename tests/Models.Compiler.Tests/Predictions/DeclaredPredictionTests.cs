using Models.Compiler.Tests.Analysis;

namespace Models.Compiler.Tests.Predictions;

public sealed class DeclaredPredictionTests
{
    private const string Declared =
        """
        models:
          - name: carts
            meta:
              leadline:
                prediction:
                  name: cart_order
                  entity: [shop, cart_no]
                  label: {column: outcome, positive: [won, renewed]}
                  decision_time: opened_at
                  outcome_time: closed_on
                  label_window: 14 days
                  features:
                    - {name: items, type: number, range: [0, 500], out_of_range: refuse}
                    - {name: zip, type: category, role: slice}
                    - is_member
                  exclude:
                    - {name: paid, reason: Known afterwards.}
        """;

    [Fact]
    public async Task A_declared_prediction_becomes_an_attribute_of_the_assembly()
    {
        using var project = Project(Declared);

        (await project.CompileAsync(build => build with { CodeDirectory = project.OutputFolder })).Diagnostics.ShouldBeEmpty();

        var code = await File.ReadAllTextAsync(Path.Combine(project.OutputFolder, "DeclaredPredictions.cs"), TestContext.Current.CancellationToken);
        code.ShouldContain("""AssemblyMetadata("Leadline.Prediction", """);
        code.ShouldContain("""\"relation\":\"carts\",\"entity\":[{\"name\":\"shop\",\"type\":\"text\"},{\"name\":\"cart_no\",\"type\":\"integer\"}]""");
        code.ShouldContain("""\"positive\":[\"won\",\"renewed\"]""");
        code.ShouldContain("""{\"name\":\"is_member\",\"type\":\"boolean\",\"kind\":\"boolean\",\"role\":\"input\",\"out_of_range\":\"flag\"}""");
    }

    [Theory]
    [InlineData("- is_member", "- is_membr", "models/carts.yml(15,15): error MDL6504: Column 'is_membr', named by 'features' of the prediction, does not exist in model 'carts'; did you mean 'is_member'?")]
    [InlineData("name: items, type: number", "name: outcome, type: number", "models/carts.yml(13,22): error MDL6505: Column 'outcome' of model 'carts' is text, but 'features' of the prediction needs what can be a number; cast it in the model")]
    [InlineData("- is_member", "- closed_on", "models/carts.yml(15,15): error MDL6505: Column 'closed_on' of model 'carts' is date, but 'features' of the prediction needs a number, a text, a boolean, an enum or a uuid; cast it in the model")]
    [InlineData("- is_member", "- zip", "models/carts.yml(15,15): error MDL6506: 'zip' is declared twice: as a feature, and as a feature")]
    [InlineData("name: paid", "name: zip", "models/carts.yml(14,15): error MDL6506: 'zip' is declared twice: as a feature, and as left out")]
    [InlineData("cart_no]", "items]", "models/carts.yml(13,15): error MDL6506: 'items' is declared twice: as a feature, and as the entity's key")]
    [InlineData("label: {column: outcome, positive: [won, renewed]}", "label: outcome", "models/carts.yml(8,18): error MDL6505: Column 'outcome' of model 'carts' is text, but 'label' of the prediction needs a boolean, or a number of 0 and 1; for a text say 'label: {column: outcome, positive: won}'; cast it in the model")]
    [InlineData("14 days", "soon", "models/carts.yml(11,25): error MDL6501: 'label_window' of the prediction is 'soon'; expected is a number of days, for example '30 days'")]
    [InlineData("14 days", "14 days\n          watch: cart", "models/carts.yml(12,18): error MDL6508: 'watch' of the prediction is 'cart', which is no model of the project; did you mean 'carts'?")]
    [InlineData("cart_order", "Cart order", "models/carts.yml(6,17): error MDL6501: 'name' of the prediction is 'Cart order'; expected is up to 60 lower-case letters, digits and underscores, a letter first: it is part of a path")]
    [InlineData("decision_time", "decided_at", "models/carts.yml(9,11): error MDL6503: A prediction has no setting 'decided_at'")]
    [InlineData("range: [0, 500]", "range: [5, 0]", "models/carts.yml(13,50): error MDL6501: 'range' of the prediction is a list; expected is [lowest, highest] of a number, with null where there is no bound")]
    [InlineData("role: slice", "role: label", "models/carts.yml(14,49): error MDL6501: 'role' of the prediction is 'label'; expected is 'input' or 'slice'")]
    [InlineData("          label: {column: outcome, positive: [won, renewed]}\n", "", "models/carts.yml(6,11): error MDL6502: The prediction of model 'carts' has no 'label'; add the column that is to be predicted")]
    public async Task A_mistake_is_reported_where_it_is_written(string written, string mistaken, string diagnostic)
    {
        Declared.ShouldContain(written);
        using var project = Project(Declared.Replace(written, mistaken, StringComparison.Ordinal));

        (await project.DiagnoseAsync()).ShouldContain(diagnostic);
    }

    [Fact]
    public async Task A_column_that_changes_its_type_is_an_error_at_the_feature_that_reads_it()
    {
        using var project = Project(Declared);
        (await project.DiagnoseAsync()).ShouldBeEmpty();

        project.Write("models/carts.sql", File.ReadAllText(project.PathOf("models/carts.sql")).Replace("3 as items", "'three' as items", StringComparison.Ordinal));

        (await project.DiagnoseAsync()).ShouldHaveSingleItem().ShouldStartWith("models/carts.yml(13,22): error MDL6505: Column 'items' of model 'carts' is text");
    }

    private static ShopProject Project(string properties) => new ShopProject()
        .Write(
            "models/carts.sql",
            """
            select 'a' as shop, 7 as cart_no, 3 as items, 50667 as zip, true as is_member, 'won' as outcome, now() as opened_at, current_date as closed_on
            """)
        .Write("models/carts.yml", properties);
}
