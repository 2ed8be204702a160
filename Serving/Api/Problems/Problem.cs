using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Serving.Api.Served;
using Serving.Scoring.Features;

namespace Serving.Api.Problems;

/// <summary>Every error the endpoints answer with, as RFC 9457 problem details.</summary>
internal static class Problem
{
    private const int MostShown = 80;

    public static ProblemHttpResult UnknownEntity(PredictionDeclaration declaration, string key)
    {
        var isLead = declaration.Name == DeclaredPredictions.LeadConversion;
        var columns = string.Join('/', declaration.Entity.Select(column => column.Name));
        return TypedResults.Problem(
            $"There is no {(isLead ? "lead" : "row")} with {columns} {Shown(key)} in {declaration.Relation}.",
            statusCode: StatusCodes.Status404NotFound, title: isLead ? "Unknown contact" : "Unknown entity");
    }

    public static ProblemHttpResult UnknownPrediction(string name, ServedPredictions served) =>
        TypedResults.Problem(
            $"No model declares a prediction '{Shown(name)}'; declared are {string.Join(", ", served.All.Select(one => $"'{one.Declaration.Name}'"))}.",
            statusCode: StatusCodes.Status404NotFound, title: "Unknown prediction");

    public static ProblemHttpResult OutOfRange(DeclaredFeature feature) =>
        TypedResults.Problem(
            $"'{feature.Name}' lies outside of {Bound(feature.Minimum)} to {Bound(feature.Maximum)}.",
            statusCode: StatusCodes.Status422UnprocessableEntity, title: "Out of range");

    public static ProblemHttpResult UnknownModel(int version, PredictionDeclaration declaration) =>
        TypedResults.Problem(
            $"There is no model {version} of {declaration.Name} in this target.", statusCode: StatusCodes.Status404NotFound, title: "Unknown model");

    public static ProblemHttpResult Unusable(int version, string reason) =>
        TypedResults.Problem($"Model {version} cannot be used: {reason}.", statusCode: StatusCodes.Status409Conflict, title: "The model cannot be used");

    public static ProblemHttpResult IsChampion(int version) =>
        TypedResults.Problem(
            $"Model {version} is the champion: promote another one in its place.", statusCode: StatusCodes.Status409Conflict, title: "The model answers");

    public static ProblemHttpResult NothingBefore() =>
        TypedResults.Problem("No model was champion before the present one.", statusCode: StatusCodes.Status409Conflict, title: "Nothing to go back to");

    public static ProblemHttpResult NoChampion() =>
        TypedResults.Problem(
            "No model has been trained yet; try again once training has ended.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "No champion yet");

    private static string Bound(double? bound) => bound?.ToString("R", CultureInfo.InvariantCulture) ?? "any number";

    private static string Shown(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;
}
