using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Sends questions as queries, and splits queries that are too large for GitHub.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="endpoint">The address of the GraphQL API.</param>
/// <param name="batcher">Distributes shares over queries.</param>
internal sealed class GraphQlClient(UpstreamHttp http, Uri endpoint, GraphQlBatcher batcher)
{
    /// <summary>
    /// The maximum number of retries after a 502 or 504. Each one can cost extra points, and half of the query is more likely to succeed.
    /// </summary>
    private const int GatewayRetries = 1;

    /// <summary>Queries repositories. Errors are added to the findings of the repositories they concern.</summary>
    /// <param name="questions">The shares, one for each repository, and the findings that receive the answers.</param>
    /// <param name="completed">Called with each repository as soon as its share is answered, from any thread.</param>
    /// <param name="cancellationToken">Cancels the queries.</param>
    public async Task AskAsync(
        IReadOnlyList<(GraphQlShare Share, GraphQlFindings Findings)> questions, Action<RepositoryAddress> completed, CancellationToken cancellationToken)
    {
        var findings = questions.ToDictionary(q => q.Share.Repository, q => q.Findings);
        var batches = batcher.Spread(questions.Select(q => q.Share).ToList());
        var missing = batches.SelectMany(b => b).GroupBy(s => s.Repository).ToDictionary(g => g.Key, g => g.Count());
        var outage = new GraphQlOutage();
        // The text of a query is large, so it is only written when the query is about to be sent.
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

    /// <summary>Marks the shares of a query as answered, and returns the repositories that are now complete.</summary>
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
        catch (UpstreamException e) when (e.MayBeTooLarge || e.IsOverLimit)
        {
            return await AskHalvesAsync(batch, e, isSure: e.IsOverLimit, outage, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e)
        {
            return Fail(batch, e);
        }
    }

    /// <summary>The halves are sent one after the other, because the first one shows whether GitHub answers at all.</summary>
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

    /// <summary>Fails all shares of a query. If the whole query was refused, each repository is closed to the token but may be public.</summary>
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
                using var json = await WholeJson.ReadAsync(body, request.What, http.Limits, token).ConfigureAwait(false);
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
            throw new RateLimitedException("GraphQL rate limit") { IsSecondary = errors.IsSecondaryLimit };
        }

        if (errors.IsTooMuch)
        {
            throw new GraphQlTooMuchException("the query is too large for GitHub");
        }

        if (errors.WholeRefusal is { } refusal)
        {
            throw new UpstreamException(ErrorIds.UpstreamForbidden, $"{endpoint.Authority} refuses access ({refusal}).");
        }

        // An error without a path may concern any field, so null values cannot be trusted.
        return errors.Whole is null && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? Read(new GraphQlAnswerReader(data, errors), batch)
            : throw new TransientUpstreamException(errors.Whole is { } whole ? $"GitHub says '{whole}'" : "the answer contains no data");
    }

    private static List<GraphQlShareAnswer> Read(GraphQlAnswerReader reader, IReadOnlyList<GraphQlShare> batch) => batch.Select((share, i) => reader.Read(i, share)).ToList();
}
