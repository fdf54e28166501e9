using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.Server.Contract;

/// <summary>Every operation of the OpenAPI document with generated requests that break the contract: each is answered in time, refused with problem details, and changes nothing then.</summary>
public sealed class ContractFuzzTests(ITestOutputHelper output)
{
    private const int Rounds = 8;
    private const int MostShown = 12;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    // The same requests each time, unless a number is in the environment.
    private static readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("SKILLMEAT_FUZZ_SEED"), out var seed) ? seed : 2026;

    private readonly Dictionary<int, int> _counts = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_breaks_the_contract_is_refused_and_changes_nothing()
    {
        // Nothing outside this machine is asked.
        var nowhere = new[] { "GITHUB_SERVER_URL", "GITHUB_API_URL", "GITHUB_GRAPHQL_URL" }.ToDictionary(name => name, _ => (string?)"http://127.0.0.1:1");
        await using var scene = await ServiceScene.StartAsync(environment: nowhere);
        var operations = ContractOperation.ReadAll((await scene.GetAsync("openapi.json")).Succeeds().Json);
        Assert.True(operations.Count > 60);
        var random = new Random(_seed);
        var (before, failures) = (State(scene), new List<string>());
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var operation in operations)
            {
                var hostile = HostileRequest.Make(operation, random);
                if (await Record.ExceptionAsync(async () => before = await AssertHandledAsync(scene, hostile, before)) is not { } failure) continue;
                failures.Add($"{hostile}\n{failure.Message}");
                before = State(scene);
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}: {string.Join("\n\n", failures.Take(MostShown))}");

        (await scene.GetAsync("api/v1/collections")).Succeeds();
        var log = scene.Log.ToString();
        Assert.DoesNotContain(scene.Token, log, StringComparison.Ordinal);
        Assert.DoesNotContain("error:", log, StringComparison.Ordinal);
        output.WriteLine(string.Join(", ", _counts.OrderBy(one => one.Key).Select(one => $"{one.Key}: {one.Value}")));
    }

    private static string State(ServiceScene scene) => scene.Place.Tree("service", "cache", "locks", "objects");

    private async Task<string> AssertHandledAsync(ServiceScene scene, HostileRequest hostile, string before)
    {
        using var message = hostile.ToMessage(scene.Url);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", scene.Token);
        // After a body that it did not read, the server closes a connection, which the next request could find at that moment.
        message.Headers.ConnectionClose = true;
        using var longest = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        longest.CancelAfter(_longest);
        var (status, type, bytes, location) = await SendAsync(scene, message, hostile, longest.Token);
        _counts[status] = _counts.GetValueOrDefault(status) + 1;
        var text = Encoding.UTF8.GetString(bytes);
        Assert.True(status < 500 || text.Contains("\"TooManyJobs\"", StringComparison.Ordinal), $"{status} {text}");
        Assert.DoesNotContain('\u001b', text);
        if (status >= 400 && type != "text/html")
        {
            Assert.True(type == "application/problem+json" || bytes.Length == 0, $"{status} {type} {text}");
            if (bytes.Length > 0)
            {
                var problem = JsonDocument.Parse(bytes).RootElement;
                Assert.True(problem.GetProperty("status").GetInt32() == status && problem.GetProperty("code").GetString() is { Length: > 0 } && problem.GetProperty("detail").GetString() is { Length: > 0 and < 10_000 }, text);
            }
        }

        // The end of the service, which its program would bring about, is no job.
        if (status == 202 && location is not null) await EndAsync(scene, location.ToString(), longest.Token);
        var after = State(scene);
        Assert.True(status < 400 || before == after, $"{status} {text}\n{Recovery.HomeState.Difference(before, after)}");
        return after;
    }

    private static async Task<(int Status, string? Type, byte[] Body, Uri? Location)> SendAsync(ServiceScene scene, HttpRequestMessage message, HostileRequest hostile, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await scene.Client.SendAsync(message, cancellationToken);
            return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsByteArrayAsync(cancellationToken), response.Headers.Location);
        }
        catch (HttpRequestException e) when (hostile.Body is { Length: > 4 << 20 } || (hostile.Body is { Length: > 64 << 10 } && hostile.Address.Contains("%00", StringComparison.Ordinal)))
        {
            // The server refuses the body, or already the address, and closes the connection while the client still sends.
            return (e.StatusCode is { } status ? (int)status : (int)HttpStatusCode.RequestEntityTooLarge, null, [], null);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException("There is no answer.");
        }
    }

    // A job may ask upstream, which is not there.
    private static async Task EndAsync(ServiceScene scene, string job, CancellationToken cancellationToken)
    {
        await scene.SendAsync(HttpMethod.Delete, job);
        while (true)
        {
            var now = (await scene.GetAsync(job)).Succeeds().Json;
            if (now.GetProperty("finished_at").ValueKind == JsonValueKind.Null)
            {
                await Task.Delay(5, cancellationToken);
                continue;
            }

            var problem = now.GetProperty("problem");
            Assert.False(problem.ValueKind == JsonValueKind.Object && problem.GetProperty("status").GetInt32() == 500, now.ToString());
            return;
        }
    }
}
