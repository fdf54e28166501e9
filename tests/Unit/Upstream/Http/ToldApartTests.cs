using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;
using Xunit;

namespace SkillMeat.Tests.Upstream.Http;

/// <summary>A primary limit, a secondary limit, a refused token and a refused access have different ids and texts in every role of a host.</summary>
public sealed class ToldApartTests
{
    private const string Reset = "x-ratelimit-reset: 4102444800";

    private static readonly UpstreamOptions Impatient = HttpRig.QuickWithToken with { MaxRateLimitWait = TimeSpan.FromSeconds(1) };

    public static TheoryData<string, string, string, string> Refusals
    {
        get
        {
            var data = new TheoryData<string, string, string, string>();
            foreach (var role in (string[])[nameof(HostRole.Api), nameof(HostRole.GraphQL), nameof(HostRole.Git), nameof(HostRole.GitObjects), nameof(HostRole.Other)])
            {
                data.Add(role, "primary", ErrorIds.UpstreamRateLimited, "the rate limit of {0} is used up until 2100-01-01T00:00:00Z");
                data.Add(role, "secondary", ErrorIds.UpstreamSecondaryRateLimited, "{0} imposes its secondary rate limit, for too many requests in a short time, until ");
                data.Add(role, "secondary, none left", ErrorIds.UpstreamSecondaryRateLimited, "{0} imposes its secondary rate limit");
                data.Add(role, "abuse", ErrorIds.UpstreamSecondaryRateLimited, "{0} imposes its secondary rate limit");
                // Other hosts never get the token.
                if (role != nameof(HostRole.Other)) data.Add(role, "token", ErrorIds.UpstreamUnauthorized, "the token from GITHUB_TOKEN was refused by {0} (401).");
                data.Add(role, "access", ErrorIds.UpstreamForbidden, "{0} refuses access (403): No.");
            }

            // Only GitHub's API has a secondary limit without a name.
            data.Add(nameof(HostRole.Api), "only a wait", ErrorIds.UpstreamSecondaryRateLimited, "{0} imposes its secondary rate limit");
            data.Add(nameof(HostRole.GraphQL), "only a wait", ErrorIds.UpstreamSecondaryRateLimited, "{0} imposes its secondary rate limit");
            data.Add(nameof(HostRole.Git), "only a wait", ErrorIds.UpstreamRateLimited, "the rate limit of {0} is used up until ");
            data.Add(nameof(HostRole.Other), "only a wait", ErrorIds.UpstreamRateLimited, "the rate limit of {0} is used up until ");
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Each_refusal_has_an_id_and_a_text_of_its_own(string role, string refusal, string errorId, string text)
    {
        var reply = refusal switch
        {
            "primary" => Reply.Of(403, Message("API rate limit exceeded for user ID 1."), "x-ratelimit-remaining: 0", Reset),
            "secondary" => Reply.Of(403, Message("You have exceeded a secondary rate limit."), "Retry-After: 3600", "x-ratelimit-remaining: 4000", Reset),
            "secondary, none left" => Reply.Of(429, Message("You have exceeded a secondary rate limit."), "Retry-After: 3600", "x-ratelimit-remaining: 0", Reset),
            "abuse" => Reply.Of(403, Message("You have triggered an abuse detection mechanism."), "Retry-After: 3600"),
            "only a wait" => Reply.Of(429, "{}", "Retry-After: 3600"),
            "token" => Reply.Of(401, Message("Bad credentials")),
            _ => Reply.Of(403, Message("No")),
        };
        await using var server = LoopbackServer.Script(reply);
        using var http = HttpRig.Client(server, Impatient);
        var request = HttpRig.Get(server) with { Role = Enum.Parse<HostRole>(role), Expect = ExpectedBody.Any };

        var error = await HttpRig.RefusedAsync(http, request, errorId);

        Assert.Contains(string.Format(null, text, server.Root.Authority), error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        if (!error.IsRateLimit) return;
        // A second request is not sent, and gets the same answer.
        Assert.Equal(errorId, (await HttpRig.RefusedAsync(http, request, errorId)).ErrorId);
        Assert.Single(server.Requests);
    }

    private static string Message(string words) => JsonSerializer.Serialize(new { message = words });
}
