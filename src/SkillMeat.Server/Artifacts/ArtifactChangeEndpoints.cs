using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Removals;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Definitions;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Updates;

namespace SkillMeat.Server.Artifacts;

/// <summary>Changes of artifacts: add, update, edit, remove.</summary>
internal sealed class ArtifactChangeEndpoints(ServedHome home)
{
    private readonly ArtifactReader _reader = new(home);
    private readonly ManifestEdits _edits = new(home);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/collections/{collection}/artifacts", Add)
            .Describe("AddArtifacts", "Adds artifacts from repositories or folders, and if wanted to a group, or with 'preview' lists what they contain. A folder can be any one of this machine that the user can read.")
            .Takes(new AddRequestJson(["octo/skills/pdf-tools"], All: false, Preview: false)).ReturnsJob(JobResult.List<AddJson>(), JobResult.List<UpstreamArtifactJson>());
        routes.MapPost("/collections/{collection}/artifacts:remove", RemoveSomeAsync)
            .Describe("RemoveArtifacts", "Removes artifacts from a collection, all of them or none, after one snapshot.").Takes(new RemovalRequestJson(["skill:pdf-tools", "command:changelog"])).Returns<IEnumerable<RemovedJson>>();
        foreach (var (path, of) in ArtifactRoutes.All)
        {
            routes.MapPost($"{path}/update", Update)
                .Describe($"UpdateArtifact{of}", "Updates an artifact from upstream. Local edits are merged; with conflicts nothing is changed, and the result names them.")
                .Takes(new UpdateRequestJson("merge", DryRun: true)).ReturnsJob(JobResult.List<UpdateJson>());
            routes.MapPut(path, EditAsync)
                .Describe($"EditArtifact{of}", "Edits the details of an artifact in its collection, after a snapshot. Its files stay as they are. A value that is left out stays as it is, and one that is null is removed.")
                .Takes(new ArtifactEditJson { Description = "Takes notes", AddTags = ["office"] }).Returns<ArtifactDetailJson>();
            routes.MapDelete(path, RemoveAsync).Describe($"RemoveArtifact{of}", "Removes an artifact from its collection, after a snapshot.").With("keep_files", "false", "Whether its files stay.").Returns<RemovedJson>();
        }
    }

    private JsonAnswer Add(string collection, AddRequestJson body)
    {
        // Before the job begins, so that the request itself says what is wrong.
        var read = home.Collections.Read(collection);
        var sources = AddSources.Read(read.Name, body, home.BaseFolder);
        if (sources.Group is { } group) read.FindGroup(group);
        var job = body.Preview == true
            ? home.Jobs.Start("preview", sources.Collection, job => new ArtifactJobs(home).PreviewAsync(job, sources))
            : home.Jobs.Start("add", sources.Collection, job => new ArtifactJobs(home).AddAsync(job, sources));
        return JsonAnswer.Accepted(job);
    }

    private JsonAnswer Update(string? collection, string id, UpdateRequestJson? body)
    {
        var read = home.Collections.Read(collection);
        var artifact = read.Find(id);
        var request = new UpdateRequest
        {
            Collections = [read.Name],
            Filter = ArtifactFilter.Everything.Among([ArtifactId.Parse(artifact.ArtifactId)]),
            Strategy = StrategyText.Read(home.Store, body?.Strategy),
            ResolveWith = ResolutionSide.Read(body?.ResolveWith),
            Version = string.IsNullOrEmpty(body?.Version) ? null : body.Version,
            RemoveDeleted = body?.RemoveDeleted == true,
            Clean = body?.Clean == true,
            DryRun = body?.DryRun == true,
            LockTimeout = home.LockTimeout,
        };
        return JsonAnswer.Accepted(home.Jobs.Start("update", read.Name, job => new ArtifactJobs(home).UpdateAsync(job, request)));
    }

    private async Task<JsonAnswer> EditAsync(string? collection, string id, ArtifactEditJson body, HttpContext context)
    {
        var read = home.Collections.Read(collection);
        var artifact = read.Find(id).ArtifactId;
        var edit = new DetailsEdit(artifact)
        {
            Values = body.Values.All,
            Tags = body.HasTags ? Texts.Check("tags", body.Tags ?? []) : null,
            AddedTags = Texts.Check("add_tags", body.AddTags ?? []),
            RemovedTags = Texts.Check("remove_tags", body.RemoveTags ?? []),
        };
        var result = await _edits.MakeAsync(context, read.Name, current => _reader.Show(current, artifact), edit);
        return _reader.Show(result.IsChanged ? result.After : home.Collections.Read(read.Name), artifact);
    }

    private Task<JsonAnswer> RemoveAsync(string? collection, string id, bool? keep_files, bool? dry_run, HttpContext context)
    {
        var read = home.Collections.Read(collection);
        var artifact = read.Find(id);
        return home.Edits.RunAsync(context, read.Name, async () =>
        {
            var request = new RemoveRequest
            {
                Artifacts = [artifact.ArtifactId],
                Collection = read.Name,
                KeepFiles = keep_files == true,
                DryRun = dry_run == true,
                Expects = IfMatch.Expect<Collection>(context, current => _reader.Show(current, artifact.ArtifactId)),
            };
            var removed = await MakeAsync(request, context);
            return JsonAnswer.Of(RemovedJson.Of(removed[0]));
        });
    }

    private Task<JsonAnswer> RemoveSomeAsync(string collection, RemovalRequestJson body, HttpContext context)
    {
        var artifacts = Texts.CheckSome("artifacts", body.Artifacts);
        var read = home.Collections.Read(collection);
        return home.Edits.RunAsync(context, read.Name, async () =>
        {
            var removed = await MakeAsync(new RemoveRequest { Artifacts = artifacts, Collection = read.Name, KeepFiles = body.KeepFiles == true, DryRun = body.DryRun == true }, context);
            return JsonAnswer.Of(removed.Select(RemovedJson.Of));
        });
    }

    private async Task<IReadOnlyList<RemovedArtifact>> MakeAsync(RemoveRequest request, HttpContext context)
    {
        var removed = await new ArtifactRemover(home.Store).RemoveAsync(request with { LockTimeout = home.LockTimeout }, context.RequestAborted);
        home.Events.Look();
        return removed;
    }
}
