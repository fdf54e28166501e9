using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class LfsTests : IAsyncLifetime
{
    private const string MediaType = "application/vnd.git-lfs+json";
    private static readonly byte[] Content = [1, 2, 3, 0, 255];

    private readonly SampleRepository _sample = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private LoopbackGitHubServer _server = null!;
    private LfsObject _object = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository("octo-org/sample", _sample.Builder);
        _object = _server.AddLfsObject("octo-org/sample", Content);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void A_pointer_is_as_the_specification_has_it() =>
        Assert.Equal(
            "version https://git-lfs.github.com/spec/v1\noid sha256:a7db3014d470471b924e55d6abc7706002af84259e816d3ee3be8d49b0d53390\nsize 5\n",
            _object.PointerText);

    [Fact]
    public async Task An_object_comes_with_the_headers_of_the_answer_alone()
    {
        using var answer = await BatchAsync([(_object.Oid, 5)]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(MediaType, answer.Content.Headers.ContentType!.MediaType);
        var download = (await GitHubClient.ReadJsonAsync(answer)).GetProperty("objects")[0].GetProperty("actions").GetProperty("download");
        var url = download.GetProperty("href").GetString()!;
        var headers = download.GetProperty("header").EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!);

        using var right = await DownloadAsync(url, headers);
        Assert.Equal(Content, await right.Content.ReadAsByteArrayAsync(Cancel));
        foreach (var name in headers.Keys)
        {
            using var without = await DownloadAsync(url, headers.Where(header => header.Key != name));
            Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        }

        headers["Authorization"] = "Bearer " + _server.Token;
        using var other = await DownloadAsync(url, headers);
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Equal(5, _server.Log.Count(RequestKind.Lfs));
    }

    [Fact]
    public async Task An_absent_object_or_one_of_another_size_is_an_error_of_that_object_alone()
    {
        using var answer = await BatchAsync([(new string('0', 64), 1), (_object.Oid, 6), (_object.Oid, 5)]);
        var objects = (await GitHubClient.ReadJsonAsync(answer)).GetProperty("objects");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(404, objects[0].GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(422, objects[1].GetProperty("error").GetProperty("code").GetInt32());
        Assert.True(objects[2].TryGetProperty("actions", out _));
    }

    [Theory]
    [InlineData("octo-org/nothing.git", false, 401)]
    [InlineData("octo-org/nothing.git", true, 404)]
    [InlineData("octo-org/sample", true, 404)]
    public async Task A_repository_that_is_not_there_has_no_objects(string repository, bool withToken, int status)
    {
        using var answer = await BatchAsync([(_object.Oid, 5)], repository, withToken ? _server.Token : null);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 401, answer.Headers.Contains("LFS-Authenticate"));
    }

    [Fact]
    public async Task A_private_repository_needs_the_token()
    {
        _server.SetFacts("octo-org/sample", new RepositoryFacts { Private = true });
        using var anonymous = await BatchAsync([(_object.Oid, 5)]);
        using var wrong = await BatchAsync([(_object.Oid, 5)], token: "wrong");
        using var right = await BatchAsync([(_object.Oid, 5)], token: _server.Token);

        Assert.Equal([401, 401, 200], new[] { anonymous, wrong, right }.Select(answer => (int)answer.StatusCode));
    }

    [Theory]
    [InlineData("application/json", MediaType, "download", 406)]
    [InlineData(MediaType, "application/json", "download", 415)]
    [InlineData(MediaType, MediaType, "upload", 403)]
    public async Task A_batch_that_is_none_is_refused(string accept, string contentType, string operation, int status)
    {
        using var answer = await BatchAsync([], accept: accept, contentType: contentType, operation: operation);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public void Objects_belong_to_a_repository() =>
        Assert.Throws<ArgumentException>(() => _server.AddLfsObject("octo-org/nothing", Content));

    private async Task<HttpResponseMessage> BatchAsync(
        (string Oid, long Size)[] objects,
        string repository = "octo-org/sample.git",
        string? token = null,
        string accept = MediaType,
        string contentType = MediaType,
        string operation = "download")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_server.ServerUrl}/{repository}/info/lfs/objects/batch");
        request.Headers.Accept.ParseAdd(accept);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes("x-access-token:" + token)));
        }

        var body = new { operation, transfers = new[] { "basic" }, objects = objects.Select(item => new { oid = item.Oid, size = item.Size }) };
        request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, contentType);
        return await _client.SendAsync(request, Cancel);
    }

    private async Task<HttpResponseMessage> DownloadAsync(string url, IEnumerable<KeyValuePair<string, string>> headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, Cancel);
    }
}
