using System.Net;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace SkillMeat.Tests.LoopbackGitHub;

public sealed class GraphQlTests : IAsyncLifetime
{
    private const string Repo = "repository(owner: \"octo-org\", name: \"sample\")";

    private readonly SampleRepository _sample = new();
    private LoopbackGitHubServer _server = null!;
    private GitHubClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackGitHubServer.StartAsync(cancellationToken: Cancel);
        _server.AddRepository(
            "octo-org/sample", _sample.Builder, new RepositoryFacts { Description = "A sample", Topics = ["a", "b", "c"], LicenseSpdx = "Apache-2.0", Archived = true });
        _client = new GitHubClient(_server);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
        _sample.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Git(params string[] arguments) => _sample.Builder.Git(arguments);

    private async Task<JsonElement> InRepositoryAsync(string selection)
    {
        var answer = await _client.QueryAsync($"{{ {Repo} {{ {selection} }} }}");
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty("repository");
    }

    [Fact]
    public async Task A_repository_has_its_facts()
    {
        var found = await InRepositoryAsync(
            "id name nameWithOwner url description isArchived isPrivate licenseInfo { spdxId name key } repositoryTopics(first: 2) { totalCount nodes { topic { name } } pageInfo { hasNextPage endCursor } }"
            + " defaultBranchRef { name prefix target { oid ... on Commit { messageHeadline tree { oid } } } }");

        Assert.Equal("octo-org/sample", found.GetProperty("nameWithOwner").GetString());
        Assert.Equal(_server.ServerUrl + "/octo-org/sample", found.GetProperty("url").GetString());
        Assert.True(found.GetProperty("isArchived").GetBoolean());
        Assert.Equal("""{"spdxId":"Apache-2.0","name":"Apache License 2.0","key":"apache-2.0"}""", found.GetProperty("licenseInfo").GetRawText());
        var topics = found.GetProperty("repositoryTopics");
        Assert.Equal(["a", "b"], topics.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("topic").GetProperty("name").GetString()));
        Assert.True(topics.GetProperty("pageInfo").GetProperty("hasNextPage").GetBoolean());
        var branch = found.GetProperty("defaultBranchRef");
        Assert.Equal("main", branch.GetProperty("name").GetString());
        Assert.Equal(_sample.Second, branch.GetProperty("target").GetProperty("oid").GetString());
        Assert.Equal(Git("rev-parse", "main^{tree}"), branch.GetProperty("target").GetProperty("tree").GetProperty("oid").GetString());

        var cursor = topics.GetProperty("pageInfo").GetProperty("endCursor").GetString();
        var rest = await InRepositoryAsync($"repositoryTopics(first: 2, after: \"{cursor}\") {{ nodes {{ topic {{ name }} }} pageInfo {{ hasNextPage }} }}");
        Assert.Equal("""{"nodes":[{"topic":{"name":"c"}}],"pageInfo":{"hasNextPage":false}}""", rest.GetProperty("repositoryTopics").GetRawText());
    }

    [Theory]
    [InlineData("HEAD")]
    [InlineData("main:")]
    [InlineData("main:README.md")]
    [InlineData("main:skills/pdf")]
    [InlineData("v1.0.0:skills/naïve café/SKILL.md")]
    [InlineData("v2.0.0")]
    [InlineData("stable")]
    [InlineData("stable^{commit}")]
    [InlineData("stable~1")]
    [InlineData("refs/heads/feature/side")]
    [InlineData("main:data.bin")]
    [InlineData("nothing")]
    [InlineData("main:nothing")]
    [InlineData("main:README.md/nothing")]
    [InlineData("")]
    [InlineData("HEAD:./README.md")]
    [InlineData("@{upstream}")]
    [InlineData("main\nmain")]
    [InlineData("main:line\nbreak")]
    public async Task An_expression_means_what_git_rev_parse_says(string expression)
    {
        var (code, output, _) = RealGit.TryRun(_sample.Builder.GitDirectory, "rev-parse", "--verify", "--quiet", "--end-of-options", expression);
        var answer = await _client.QueryAsync($"query($e: String!) {{ {Repo} {{ object(expression: $e) {{ oid }} again: object(expression: \"HEAD\") {{ oid }} }} }}", new { e = expression });
        var found = answer.GetProperty("data").GetProperty("repository");

        Assert.False(answer.TryGetProperty("errors", out _));
        Assert.Equal(code == 0 ? output.Trim() : null, found.GetProperty("object") is { ValueKind: JsonValueKind.Object } node ? node.GetProperty("oid").GetString() : null);
        Assert.Equal(_sample.Second, found.GetProperty("again").GetProperty("oid").GetString());
    }

    [Fact]
    public async Task Tree_entries_are_those_that_git_lists()
    {
        var found = await InRepositoryAsync(
            "object(expression: \"feature/side:\") { __typename ... on Tree { entries { name nameRaw type mode oid size extension path object { __typename oid } } } }");
        var entries = found.GetProperty("object").GetProperty("entries").EnumerateArray().Select(entry => string.Join(
            ' ',
            Convert.ToString(entry.GetProperty("mode").GetInt32(), 8).PadLeft(6, '0'),
            entry.GetProperty("type").GetString(),
            entry.GetProperty("oid").GetString(),
            Encoding.UTF8.GetString(entry.GetProperty("nameRaw").GetBytesFromBase64())));

        Assert.Equal(Git("ls-tree", "-z", "feature/side").TrimEnd('\0').Split('\0').Select(line => line.Replace('\t', ' ')), entries);
        var readme = found.GetProperty("object").GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("name").GetString() == "side.txt");
        Assert.Equal("""{"__typename":"Blob","oid":"ORACLE"}""".Replace("ORACLE", Git("rev-parse", "feature/side:side.txt"), StringComparison.Ordinal), readme.GetProperty("object").GetRawText());
        Assert.Equal(2, readme.GetProperty("size").GetInt32());
        Assert.Equal(".txt", readme.GetProperty("extension").GetString());
        var vendor = found.GetProperty("object").GetProperty("entries").EnumerateArray().Single(entry => entry.GetProperty("type").GetString() == "commit");
        Assert.Equal(JsonValueKind.Null, vendor.GetProperty("object").ValueKind);
    }

    [Fact]
    public async Task Tags_lead_to_what_they_tag()
    {
        var found = await InRepositoryAsync("""
            light: ref(qualifiedName: "refs/tags/v1.0.0") { name prefix target { __typename oid } }
            nested: ref(qualifiedName: "refs/tags/stable") {
              target { __typename oid ... on Tag { name target { __typename oid ... on Tag { target { oid ... on Commit { committedDate } } } } } }
            }
            branch: ref(qualifiedName: "refs/heads/feature/side") { name prefix }
            none: ref(qualifiedName: "refs/heads/nothing") { name }
            """);

        Assert.Equal(_sample.First, found.GetProperty("light").GetProperty("target").GetProperty("oid").GetString());
        Assert.Equal("Commit", found.GetProperty("light").GetProperty("target").GetProperty("__typename").GetString());
        var nested = found.GetProperty("nested").GetProperty("target");
        Assert.Equal(_sample.Nested, nested.GetProperty("oid").GetString());
        Assert.Equal(_sample.Annotated, nested.GetProperty("target").GetProperty("oid").GetString());
        Assert.Equal(_sample.Second, nested.GetProperty("target").GetProperty("target").GetProperty("oid").GetString());
        Assert.Equal("""{"name":"feature/side","prefix":"refs/heads/"}""", found.GetProperty("branch").GetRawText());
        Assert.Equal(JsonValueKind.Null, found.GetProperty("none").ValueKind);
    }

    [Fact]
    public async Task Blobs_tell_text_binary_and_truncation()
    {
        _sample.Builder.Commit("Large", GitChange.Write("large.txt", SampleRepository.Large));
        var found = await InRepositoryAsync(
            "large: object(expression: \"main:large.txt\") { ... on Blob { byteSize isTruncated isBinary text } }"
            + " binary: object(expression: \"v1.0.0:data.bin\") { ... on Blob { byteSize isTruncated isBinary text } }"
            + " tip: object(expression: \"main\") { ... on Commit { file(path: \"skills/pdf/run.sh\") { mode path } none: file(path: \"x/y\") { oid } } }");

        var large = found.GetProperty("large");
        Assert.Equal(SampleRepository.Large.Length, large.GetProperty("byteSize").GetInt32());
        Assert.True(large.GetProperty("isTruncated").GetBoolean());
        var text = large.GetProperty("text").GetString()!;
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 512_000 - 3, 512_000);
        Assert.StartsWith(text, Encoding.UTF8.GetString(SampleRepository.Large), StringComparison.Ordinal);
        Assert.Equal("""{"byteSize":5,"isTruncated":false,"isBinary":true,"text":null}""", found.GetProperty("binary").GetRawText());
        Assert.Equal("""{"file":{"mode":33261,"path":"skills/pdf/run.sh"},"none":null}""", found.GetProperty("tip").GetRawText());
    }

    [Fact]
    public async Task Fragments_aliases_variables_and_directives_work_together()
    {
        const string query = """
            query Check($owner: String!, $name: String = "sample", $more: Boolean!, $path: String) {
              # a comment
              first: repository(owner: $owner, name: $name) { ...Facts o: object(expression: $path) { ...Id } }
              second: repository(owner: $owner, name: $name) @skip(if: $more) { name }
              third: repository(owner: $owner, name: $name) { ... on Repository @include(if: $more) { name } ... @include(if: false) { url } name }
            }
            fragment Facts on Repository { nameWithOwner object(expression: \"\"\"
              main:README.md
            \"\"\") { ... on Blob { text } ...Id } }
            fragment Id on GitObject { oid }
            """;
        var answer = await _client.QueryAsync(
            query.Replace("\\\"", "\"", StringComparison.Ordinal), new { owner = "octo-org", more = true, path = "HEAD^{tree}" });

        Assert.Equal(
            $$$"""{"first":{"nameWithOwner":"octo-org/sample","object":{"text":"# Sample\n","oid":"{{{Git("rev-parse", "main:README.md")}}}"},"o":{"oid":"{{{Git("rev-parse", "main^{tree}")}}}"}},"third":{"name":"sample"}}""",
            answer.GetProperty("data").GetRawText());
    }

    [Fact]
    public async Task An_unknown_repository_is_null_with_an_error_and_the_others_are_answered()
    {
        var answer = await _client.QueryAsync($"query {{\n  a: {Repo} {{ name }}\n  b: repository(owner: \"x\", name: \"y\") {{ name }}\n}}");

        Assert.Equal("""{"a":{"name":"sample"},"b":null}""", answer.GetProperty("data").GetRawText());
        Assert.Equal(
            """[{"type":"NOT_FOUND","path":["b"],"locations":[{"line":3,"column":3}],"message":"Could not resolve to a Repository with the name 'x/y'."}]""",
            answer.GetProperty("errors").GetRawText());
    }

    [Fact]
    public async Task A_renamed_repository_answers_under_its_new_name_unless_that_is_not_wanted()
    {
        _server.Rename("octo-org/sample", "new-org/renamed");
        var answer = await _client.QueryAsync($"{{ a: {Repo} {{ nameWithOwner }} b: repository(owner: \"octo-org\", name: \"sample\", followRenames: false) {{ name }} }}");

        Assert.Equal("""{"a":{"nameWithOwner":"new-org/renamed"},"b":null}""", answer.GetProperty("data").GetRawText());
    }

    [Theory]
    [InlineData("{ viewer { nothing } }", "Field 'nothing' doesn't exist on type 'User'")]
    [InlineData("{ viewer { login(x: 1) } }", "Field 'login' doesn't accept argument 'x'")]
    [InlineData("{ repository(owner: \"a\") { id } }", "Field 'repository' is missing required arguments: name")]
    [InlineData("{ repository(owner: 1, name: \"a\") { id } }", "Argument 'owner' on Field 'repository' has an invalid value (1). Expected type 'String!'.")]
    [InlineData("{ viewer }", "Field must have selections (field 'viewer' returns User but has no selections. Did you mean 'viewer { ... }'?)")]
    [InlineData("{ viewer { login { x } } }", "Selections can't be made on scalars (field 'login' returns String but has selections [\"x\"])")]
    [InlineData("{ viewer { ...F } }", "Fragment F was used, but not defined")]
    [InlineData("{ viewer { login } } fragment F on User { login }", "Fragment F was defined, but not used")]
    [InlineData("{ viewer { ... on Blob { text } } }", "Fragment on Blob can't be spread inside User")]
    [InlineData("{ viewer { ... on Nothing { text } } }", "No such type Nothing, so it can't be a fragment condition")]
    [InlineData("{ viewer { ...F } } fragment F on User { ...F }", "Fragment F contains an infinite loop")]
    [InlineData("query Q($a: String) { viewer { login } }", "Variable $a is declared by Q but not used")]
    [InlineData("query Q { repository(owner: $a, name: \"b\") { id } }", "Variable $a is used by Q but not declared")]
    [InlineData("query Q($a: Int) { repository(owner: $a, name: \"b\") { id } }", "Type mismatch on variable $a and argument owner (Int / String!)")]
    [InlineData("{ viewer { a: login a: id } }", "Field 'a' has a field conflict: login or id?")]
    [InlineData("{ viewer { login @nothing } }", "Directive @nothing is not defined")]
    [InlineData("{ repository(owner: \"a\", name: \"b\") { object(oid: \"123\") { oid } } }", "Argument 'oid' on Field 'object' has an invalid value (\"123\"). Expected type 'GitObjectID'.")]
    [InlineData("mutation { x }", "Schema is not configured for mutations")]
    [InlineData("{ viewer { login }", "Expected NAME, actual: end of file")]
    public async Task A_query_that_is_wrong_gets_errors_and_no_data(string query, string message)
    {
        var answer = await _client.QueryAsync(query);

        Assert.False(answer.TryGetProperty("data", out _));
        Assert.Equal(message, answer.GetProperty("errors")[0].GetProperty("message").GetString());
        Assert.True(answer.GetProperty("errors")[0].TryGetProperty("locations", out _));
    }

    [Fact]
    public async Task Variables_of_the_wrong_kind_get_errors()
    {
        const string query = "query Q($owner: String!) { repository(owner: $owner, name: \"sample\") { name } }";
        foreach (var variables in (object?[])[null, new { owner = 1 }, new { owner = (string?)null }])
        {
            var answer = await _client.QueryAsync(query, variables);
            Assert.False(answer.TryGetProperty("data", out _));
            Assert.Equal("Variable $owner of type String! was provided invalid value", answer.GetProperty("errors")[0].GetProperty("message").GetString());
        }
    }

    [Fact]
    public async Task A_connection_needs_a_page_of_at_most_100()
    {
        var none = await _client.QueryAsync($"{{ {Repo} {{ repositoryTopics {{ totalCount }} }} }}");
        var large = await _client.QueryAsync($"{{ {Repo} {{ repositoryTopics(first: 101) {{ totalCount }} }} }}");

        Assert.Equal("MISSING_PAGINATION_BOUNDARIES", none.GetProperty("errors")[0].GetProperty("type").GetString());
        Assert.Equal("EXCESSIVE_PAGINATION", large.GetProperty("errors")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task The_limits_answer_as_GitHubs_do()
    {
        var options = new LoopbackGitHubOptions { MaxGraphQlNodes = 5, MaxGraphQlObjects = 2, GraphQlLimit = 2 };
        await using var limited = await LoopbackGitHubServer.StartAsync(options, Cancel);
        limited.AddRepository("octo-org/sample", _sample.Builder);
        using var client = new GitHubClient(limited);

        var nodes = await client.QueryAsync($"{{ {Repo} {{ {string.Concat(Enumerable.Range(0, 5).Select(i => $"o{i}: object(expression: \"HEAD\") {{ oid }} "))} }} }}");
        Assert.Equal("MAX_NODE_LIMIT_EXCEEDED", nodes.GetProperty("errors")[0].GetProperty("type").GetString());
        Assert.False(nodes.TryGetProperty("data", out _));

        var objects = await client.QueryAsync($"{{ {Repo} {{ {string.Concat(Enumerable.Range(0, 3).Select(i => $"o{i}: object(expression: \"HEAD\") {{ oid }} "))} }} }}");
        Assert.Equal("RESOURCE_LIMITS_EXCEEDED", objects.GetProperty("errors")[0].GetProperty("type").GetString());
        Assert.Equal("""["repository","o2"]""", objects.GetProperty("errors")[0].GetProperty("path").GetRawText());
        Assert.Equal(_sample.Second, objects.GetProperty("data").GetProperty("repository").GetProperty("o1").GetProperty("oid").GetString());

        var rate = await client.QueryAsync("{ rateLimit { limit cost remaining used } viewer { login } }");
        Assert.Equal("""{"limit":2,"cost":1,"remaining":0,"used":2}""", rate.GetProperty("data").GetProperty("rateLimit").GetRawText());
        using var exceeded = await client.PostAsync("{ viewer { login } }", token: limited.Token);
        Assert.Equal(HttpStatusCode.OK, exceeded.StatusCode);
        Assert.Equal("0", exceeded.Headers.GetValues("x-ratelimit-remaining").Single());
        Assert.Equal("RATE_LIMITED", (await GitHubClient.ReadJsonAsync(exceeded)).GetProperty("errors")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Without_the_right_token_nobody_is_answered()
    {
        using var none = await _client.PostAsync("{ viewer { login } }");
        using var wrong = await _client.PostAsync("{ viewer { login } }", token: "wrong");

        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal("Bad credentials", (await GitHubClient.ReadJsonAsync(wrong)).GetProperty("message").GetString());
    }

    [Fact]
    public async Task An_operation_is_chosen_by_its_name()
    {
        const string query = "query A { viewer { login } } query B { viewer { id } }";
        using var chosen = await _client.PostAsync(query, token: _server.Token, operationName: "A");
        var unnamed = await _client.QueryAsync(query);

        Assert.Equal("""{"data":{"viewer":{"login":"octocat"}}}""", (await GitHubClient.ReadJsonAsync(chosen)).GetRawText());
        Assert.Equal("An operation name is required", unnamed.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public void Any_text_in_a_blob_comes_back_through_a_literal_and_through_the_answer()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), input =>
        {
            // git stores bytes and JSON stores characters: an unpaired surrogate is neither, and NUL would make the blob binary.
            var text = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(input.Get)).Replace("\0", "", StringComparison.Ordinal);
            var name = "n" + Convert.ToHexString(Encoding.UTF8.GetBytes(text))[..Math.Min(20, Encoding.UTF8.GetByteCount(text) * 2)];
            _sample.Builder.Commit(text, GitChange.Write($"{name} ü", text));
            var literal = JsonSerializer.Serialize($"main:{name} ü");
            var found = InRepositoryAsync($"object(expression: {literal}) {{ ... on Blob {{ text byteSize }} }}").GetAwaiter().GetResult().GetProperty("object");
            Assert.Equal(text, found.GetProperty("text").GetString());
            Assert.Equal(Encoding.UTF8.GetByteCount(text), found.GetProperty("byteSize").GetInt32());
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Any_text_as_a_query_gets_an_answer_and_never_a_failing_server()
    {
        string[] pieces = ["{", "}", "(", ")", "query ", "viewer", "login", "...", " on User", "$a", ":", "\"x\"", "\"\"\"", "@include(if: true)", "!", "1", "-", "é", "\\", "fragment F"];
        var queries = Gen.Elements(pieces).ListOf().Select(string.Concat).ToArbitrary();
        Prop.ForAll(queries, query =>
        {
            using var answer = _client.PostAsync(query, token: _server.Token).GetAwaiter().GetResult();
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }).QuickCheckThrowOnFailure();
    }
}
