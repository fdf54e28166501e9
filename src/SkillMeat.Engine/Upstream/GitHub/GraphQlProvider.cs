using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.GitHub;

/// <summary>Asks a GitHub with a token: by GraphQL, many repositories in one query; whole trees by REST, as GraphQL has no recursive listing.</summary>
/// <param name="http">Sends requests.</param>
/// <param name="endpoint">The GraphQL address.</param>
/// <param name="trees">Lists trees.</param>
/// <param name="batcher">Spreads questions over queries.</param>
internal sealed class GraphQlProvider(UpstreamHttp http, Uri endpoint, GitHubRest trees, GraphQlBatcher batcher) : IUpstreamProvider
{
    private const int MostFilesInQuery = 200;

    public async Task<IReadOnlyList<RepositoryAnswer>> AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken)
    {
        var batches = batcher.Spread(questions);
        var answers = new GraphQlAnswers(batches, answered);
        // As many at a time as may be under way: the text of a query is large, and is written only when its turn comes.
        await Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = batcher.ParallelQueries, CancellationToken = cancellationToken },
            async (batch, token) => answers.Add(batch, await AskBatchAsync(batch, mayHalve: true, token).ConfigureAwait(false))).ConfigureAwait(false);
        return answers.Whole;
    }

    public Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) =>
        trees.ListAsync(questions, cancellationToken);

    public async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken)
    {
        var readings = await Task.WhenAll(questions.Chunk(MostFilesInQuery).Select(c => ReadBatchAsync(c, cancellationToken))).ConfigureAwait(false);
        return readings.SelectMany(r => r).ToList();
    }

    private async Task<IReadOnlyList<RepositoryAnswer>> AskBatchAsync(IReadOnlyList<GraphQlPart> batch, bool mayHalve, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                GraphQlQueryText.ForParts(batch),
                answer => batch.Select((part, i) => answer.ReadPart(i, part)).ToList(),
                cancellationToken).ConfigureAwait(false);
        }
        catch (GraphQlTooMuchException e)
        {
            return await AskHalvesAsync(batch, new UpstreamException(ErrorIds.UpstreamUnavailable, $"{endpoint.Host}: {e.Message}", innerException: e), mayHalve: true, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e) when (mayHalve && e.MayBeTooMuch)
        {
            // A query that takes GitHub too long ends as 502 or 504, like a GitHub that is down: smaller ones are tried once.
            return await AskHalvesAsync(batch, e, mayHalve: false, cancellationToken).ConfigureAwait(false);
        }
        catch (UpstreamException e)
        {
            return Fail(batch, e);
        }
    }

    private async Task<IReadOnlyList<RepositoryAnswer>> AskHalvesAsync(IReadOnlyList<GraphQlPart> batch, UpstreamException error, bool mayHalve, CancellationToken cancellationToken)
    {
        if (GraphQlBatcher.Halve(batch) is not var (first, second) || batch.Sum(p => p.Weight) < GraphQlBatcher.WorthHalving)
        {
            return Fail(batch, error);
        }

        var halves = await Task.WhenAll(AskBatchAsync(first, mayHalve, cancellationToken), AskBatchAsync(second, mayHalve, cancellationToken)).ConfigureAwait(false);
        return [.. halves[0], .. halves[1]];
    }

    private async Task<IReadOnlyList<FileReading>> ReadBatchAsync(FileQuestion[] files, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(
                GraphQlQueryText.ForFiles(files),
                answer => files.Select((file, i) => answer.ReadFile(i, file)).ToList(),
                cancellationToken).ConfigureAwait(false);
        }
        catch (GraphQlTooMuchException) when (files.Length > 1)
        {
            var first = await ReadBatchAsync(files[..(files.Length / 2)], cancellationToken).ConfigureAwait(false);
            return [.. first, .. await ReadBatchAsync(files[(files.Length / 2)..], cancellationToken).ConfigureAwait(false)];
        }
        catch (GraphQlTooMuchException e)
        {
            return [new FileReading(File: null, new UpstreamException(ErrorIds.UpstreamUnavailable, $"{files[0].Repository}: {e.Message}", innerException: e))];
        }
        catch (UpstreamException e)
        {
            return files.Select(_ => new FileReading(File: null, e)).ToList();
        }
    }

    private Task<T> SendAsync<T>(ReadOnlyMemory<byte> body, Func<GraphQlAnswerReader, T> read, CancellationToken cancellationToken)
    {
        var request = new UpstreamHttpRequest
        {
            Method = HttpMethod.Post,
            Uri = endpoint,
            What = "GraphQL query",
            Role = HostRole.GraphQL,
            Expect = ExpectedBody.Json,
            Accept = "application/json",
            Content = body,
            ContentType = "application/json",
        };
        return http.SendAsync(
            request,
            async (answer, _, token) =>
            {
                using var json = await JsonDocument.ParseAsync(answer, default, token).ConfigureAwait(false);
                return Read(json.RootElement, read);
            },
            cancellationToken);
    }

    private static T Read<T>(JsonElement answer, Func<GraphQlAnswerReader, T> read)
    {
        if (answer.ValueKind != JsonValueKind.Object)
        {
            throw new TransientUpstreamException("the answer is not a GraphQL answer");
        }

        var errors = new GraphQlErrors(answer);
        if (errors.IsRateLimited)
        {
            throw new RateLimitedException("GraphQL rate limit");
        }

        if (errors.IsTooMuch)
        {
            throw new GraphQlTooMuchException("the query asks for more than GitHub answers at once");
        }

        // An error that names no field may concern any of them: then no null means that nothing is there.
        return errors.Whole is null && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            ? read(new GraphQlAnswerReader(data, errors))
            : throw new TransientUpstreamException(errors.Whole is { } whole ? $"GitHub says '{whole}'" : "the answer has no data");
    }

    private static List<RepositoryAnswer> Fail(IReadOnlyList<GraphQlPart> batch, UpstreamException error) =>
        batch.Select(part => new RepositoryAnswer
        {
            Question = part.Question,
            Error = part.PathCount == part.Question.Paths.Count ? error : null,
            Paths = part.Paths.Select(_ => new PathAnswer { Error = error }).ToList(),
            FirstPath = part.FirstPath,
        }).ToList();
}
