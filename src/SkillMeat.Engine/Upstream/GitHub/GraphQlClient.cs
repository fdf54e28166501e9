using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Sends what is asked as queries, smaller ones where GitHub finds one too much.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="endpoint">The GraphQL address.</param>
/// <param name="batcher">Spreads shares over queries.</param>
internal sealed class GraphQlClient(UpstreamHttp http, Uri endpoint, GraphQlBatcher batcher)
{
    /// <summary>How often a 502 or 504 is repeated: each one can cost extra points, and half of the query is likelier to be answered.</summary>
    private const int GatewayRetries = 1;

    /// <summary>Asks about repositories. What can't be told is an error in the findings of the repository that it concerns.</summary>
    /// <param name="questions">What is asked, one share for each repository, and where the answers go.</param>
    /// <param name="completed">Told each repository as soon as its share is answered, from any thread.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task AskAsync(
        IReadOnlyList<(GraphQlShare Share, GraphQlFindings Findings)> questions, Action<RepositoryAddress> completed, CancellationToken cancellationToken)
    {
        var findings = questions.ToDictionary(q => q.Share.Repository, q => q.Findings);
        var batches = batcher.Spread(questions.Select(q => q.Share).ToList());
        var missing = batches.SelectMany(b => b).GroupBy(s => s.Repository).ToDictionary(g => g.Key, g => g.Count());
        var outage = new GraphQlOutage();
        // As many at a time as may be under way: the text of a query is large, and is written only when its turn comes.
        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = batcher.ParallelQueries, CancellationToken = cancellationToken },
            async (batch, token) =>
            {
                foreach (var answer in await AskBatchAsync(batch, outage, token).ConfigureAwait(false))
                {
                    findings[answer.Share.Repository].Add(answer);
                }

                foreach (var repository in Complete(batch, missing))
                {
                    completed(repository);
                }
            }).ConfigureAwait(false);
    }

    /// <summary>Takes a query's shares off those that are missing, and names the repositories of which none is missing any more.</summary>
    private static List<RepositoryAddress> Complete(IReadOnlyList<GraphQlShare> batch, Dictionary<RepositoryAddress, int> missing)
    {
        lock (missing)
        {
            return batch.Select(s => s.Repository).Where(r => --missing[r] == 0).ToList();
        }
    }

    private async Task<IReadOnlyList<GraphQlShareAnswer>> AskBatchAsync(IReadOnlyList<GraphQlShare> batch, GraphQlOutage outage, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await SendAsync(batch, cancellationToken).ConfigureAwait(false);
            outage.Pass();
            return answers;
        }
        catch (GraphQlTooMuchException e)
        {
            var error = new UpstreamException(ErrorIds.UpstreamUnavailable, $"{endpoint.Authority}: {e.Message}. Try again later.", innerException: e);
            return await AskHalvesAsync(batch, error, isSure: true, outage, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e) when (e.MayBeTooLarge)
        {
            return await AskHalvesAsync(batch, e, isSure: false, outage, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e)
        {
            return Fail(batch, e);
        }
    }

    /// <summary>One half after the other: when GitHub answers nothing, the first one shows that.</summary>
    private async Task<IReadOnlyList<GraphQlShareAnswer>> AskHalvesAsync(
        IReadOnlyList<GraphQlShare> batch, UpstreamException error, bool isSure, GraphQlOutage outage, CancellationToken cancellationToken)
    {
        if (GraphQlBatcher.Halve(batch, isSure) is not var (first, second))
        {
            outage.Fail();
            return Fail(batch, new UpstreamException(error.ErrorId, $"{batch[0].Repository}: {error.Message}", error.RetryAfter, error));
        }

        var answers = new List<GraphQlShareAnswer>();
        foreach (var half in new[] { first, second })
        {
            answers.AddRange(outage.IsCertain ? Fail(half, error) : await AskBatchAsync(half, outage, cancellationToken).ConfigureAwait(false));
        }

        return answers;
    }

    /// <summary>A refusal of a whole query says nothing of the repositories: each is closed to the token, and may be open without it.</summary>
    private static List<GraphQlShareAnswer> Fail(IReadOnlyList<GraphQlShare> batch, UpstreamException error) => batch.Select(share => new GraphQlShareAnswer
    {
        Share = share,
        Error = error,
        Refusal = error.ErrorId == ErrorIds.UpstreamForbidden ? new TokenRefusal(error.Message.TrimEnd('.'), AuthorizeAt: null, IsOfOwner: false) : null,
    }).ToList();

    private Task<List<GraphQlShareAnswer>> SendAsync(IReadOnlyList<GraphQlShare> batch, CancellationToken cancellationToken)
    {
        var request = new UpstreamHttpRequest
        {
            Method = HttpMethod.Post,
            Uri = endpoint,
            What = "GraphQL query",
            Role = HostRole.GraphQL,
            Expect = ExpectedBody.Json,
            Accept = "application/json",
            Content = GraphQlQueryText.For(batch),
            ContentType = "application/json",
            MaxGatewayRetries = GatewayRetries,
        };
        return http.SendAsync(
            request,
            async (body, response, token) =>
            {
                using var json = await JsonDocument.ParseAsync(body, default, token).ConfigureAwait(false);
                return Read(json.RootElement, SingleSignOn.AddressIn(response), batch);
            },
            cancellationToken);
    }

    private List<GraphQlShareAnswer> Read(JsonElement answer, Uri? authorizeAt, IReadOnlyList<GraphQlShare> batch)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            throw new TransientUpstreamException("the answer is not a GraphQL answer");
        }

        var errors = new GraphQlErrors(answer, authorizeAt, http.Scrub);
        if (errors.IsRateLimited)
        {
            throw new RateLimitedException("GraphQL rate limit");
        }

        if (errors.IsTooMuch)
        {
            throw new GraphQlTooMuchException("the query asks for more than GitHub answers at once");
        }

        if (errors.WholeRefusal is { } refusal)
        {
            throw new UpstreamException(ErrorIds.UpstreamForbidden, $"{endpoint.Authority} refuses access ({refusal}).");
        }

        // An error that names no field may concern any of them: then no null means that nothing is there.
        return errors.Whole is null && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? Read(new GraphQlAnswerReader(data, errors), batch)
            : throw new TransientUpstreamException(errors.Whole is { } whole ? $"GitHub says '{whole}'" : "the answer has no data");
    }

    private static List<GraphQlShareAnswer> Read(GraphQlAnswerReader reader, IReadOnlyList<GraphQlShare> batch) => batch.Select((share, i) => reader.Read(i, share)).ToList();
}
