using Microsoft.AspNetCore.Http.HttpResults;

namespace Serving.Api.Problems;

/// <summary>Every error the endpoints answer with, as RFC 9457 problem details.</summary>
internal static class Problem
{
    public static ProblemHttpResult UnknownContact(long contactId) =>
        TypedResults.Problem(
            $"There is no lead with contact_id {contactId} in lead_features.", statusCode: StatusCodes.Status404NotFound, title: "Unknown contact");

    public static ProblemHttpResult NoChampion() =>
        TypedResults.Problem(
            "No model has been trained yet; try again once training has ended.", statusCode: StatusCodes.Status503ServiceUnavailable, title: "No champion yet");
}
