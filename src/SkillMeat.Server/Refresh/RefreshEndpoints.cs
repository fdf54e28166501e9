using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Refresh;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Artifacts;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Paging;

namespace SkillMeat.Server.Refresh;

/// <summary>Refreshes of collections.</summary>
internal sealed class RefreshEndpoints(ServedHome home)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/collections/{collection}/refresh", Show).Describe("GetLastCheck", "Tells when artifacts of a collection were last checked for updates, by whatever program.").Returns<LastCheckJson>();
        routes.MapPost("/collections/{collection}/refresh", Start)
            .Describe("RefreshCollection", "Begins a check for updates (mode=check), a refresh of metadata (mode=metadata_only), or an update of files (mode=sync), by the strategy of the body or of the settings.")
            .Takes(new RefreshRequestJson(["skill:pdf-tools"], ["tags", "description"]))
            .With("mode", "check", "check, metadata_only (the default) or sync")
            .ReturnsJob(JobResult.List<CheckJson>(), JobResult.One<RefreshJson>(), JobResult.List<UpdateJson>());
    }

    private JsonAnswer Show(string collection, CancellationToken cancellationToken) => JsonAnswer.Of(new LastCheckJson(home.Artifacts.FindLastCheck(home.Collections.Read(collection).Name, cancellationToken)));

    private JsonAnswer Start(string collection, string? mode, bool? dry_run, RefreshRequestJson? body)
    {
        // Before the job begins, so that the request itself says what is wrong.
        var kind = mode is null ? RefreshMode.MetadataOnly : QueryValue.Enum<RefreshMode>("mode", mode);
        var read = home.Collections.Read(collection);
        var artifacts = BodyValue.Texts("artifacts", body?.Artifacts);
        var fields = BodyValue.Texts("fields", body?.Fields);
        if (body?.Strategy is not null && kind != RefreshMode.Sync) throw new SkillMeatException(ErrorIds.InvalidArgument, "strategy is for mode=sync only.");
        var request = new RefreshRequest
        {
            Collection = read.Name,
            Filter = artifacts is { } ids ? ArtifactFilter.Everything.Among([.. ids.Select(id => ArtifactId.Parse(read.Find(id).ArtifactId))]) : ArtifactFilter.Everything,
            Fields = RefreshField.Parse(fields ?? []),
            NameChangedFields = fields is { Count: > 0 },
            DryRun = dry_run == true,
            LockTimeout = home.LockTimeout,
        };
        var job = kind switch
        {
            RefreshMode.Check => home.Jobs.Start("check", read.Name, job => new RefreshJobs(home).CheckAsync(job, request)),
            RefreshMode.Sync when StrategyText.Read(home.Store, body?.Strategy) is var strategy => home.Jobs.Start("update", read.Name, job => new RefreshJobs(home).UpdateAsync(job, request, strategy)),
            _ => home.Jobs.Start("refresh", read.Name, job => new RefreshJobs(home).RefreshAsync(job, request)),
        };
        return JsonAnswer.Accepted(job);
    }
}
