using System.Text.Json;
using System.Text.Json.Nodes;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The document beside the page, of which the types of the page are made.</summary>
public sealed class PageContractTests
{
    private const string UpdateVariable = "SKILLMEAT_UPDATE_OPENAPI";

    private static readonly JsonSerializerOptions _indented = new() { WriteIndented = true, NewLine = "\n" };

    [Fact]
    public async Task The_page_is_built_from_the_document_that_the_service_answers()
    {
        await using var scene = await ServiceScene.StartAsync();
        var served = JsonNode.Parse((await scene.GetAsync("openapi.json")).Succeeds().Text)!;
        // A new version of the program is no new contract.
        served["info"]!["version"] = "0";
        var file = Path.Combine(Checkout.Folder, "src", "SkillMeat.Page", "openapi.json");
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1") await File.WriteAllTextAsync(file, served.ToJsonString(_indented) + "\n", TestContext.Current.CancellationToken);
        var committed = JsonNode.Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        Assert.True(JsonNode.DeepEquals(committed, served), $"{file} is not the document of the service. Run this test with {UpdateVariable}=1, and read the diff.");
    }

    [Fact]
    public async Task The_document_says_what_jobs_result_in()
    {
        await using var scene = await ServiceScene.StartAsync();
        var document = (await scene.GetAsync("openapi.json")).Succeeds().Json;
        // The end of the service is no job.
        var jobs = document.GetProperty("paths").EnumerateObject().Where(path => !path.Name.EndsWith("/shutdown", StringComparison.Ordinal)).SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("responses")).Where(responses => responses.TryGetProperty("202", out _)).ToList();
        Assert.True(jobs.Count >= 12);
        Assert.All(jobs, responses =>
        {
            var parts = responses.GetProperty("202").GetProperty("content").GetProperty("application/json").GetProperty("schema").GetProperty("allOf");
            Assert.Equal("#/components/schemas/Job", parts[0].GetProperty("$ref").GetString());
            Assert.True(parts[1].GetProperty("properties").GetProperty("result").GetProperty("anyOf").GetArrayLength() >= 2, responses.ToString());
        });
    }
}
