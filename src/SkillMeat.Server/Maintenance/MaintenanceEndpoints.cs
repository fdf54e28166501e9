using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using SkillMeat.Artifacts.Judging;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Repair;
using SkillMeat.Server.Answers;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.OpenApi;
using SkillMeat.Server.Projects;
using SkillMeat.Upstream.Diagnosis;

namespace SkillMeat.Server.Maintenance;

/// <summary>Repairs the home, checks the upstream hosts, and judges artifacts before they are published.</summary>
internal sealed class MaintenanceEndpoints(ServedHome home)
{
    private const int MostPaths = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/repair", Repair).Describe("RepairHome", "Finds problems in the home, and repairs those that can be repaired without losing data.")
            .Takes(new RepairRequestJson(DryRun: true)).ReturnsJob(JobResult.List<RepairJson>());
        routes.MapPost("/doctor", Examine).Describe("CheckUpstreams", "Checks each upstream host: reachability, token, credentials, limits, proxy, clock. Changes nothing.").ReturnsJob(JobResult.List<UpstreamFinding>());
        routes.MapPost("/validate", Validate)
            .Describe("ValidateArtifacts", "Judges artifacts before they are published, against the Agent Skills specification. Paths can be any of this machine that the user can read.")
            .Takes(new ValidateRequestJson(["/home/ada/skills"])).ReturnsJob(JobResult.List<ArtifactProblem>());
    }

    private JsonAnswer Repair(RepairRequestJson? body)
    {
        var isDry = body?.DryRun == true;
        return JsonAnswer.Accepted(home.Jobs.Start("repair", null, job => RepairAsync(job, isDry)));
    }

    private JsonAnswer Examine()
    {
        var doctor = new UpstreamDoctor(home.Store, home.Options.Upstream with { Environment = home.Options.Environment });
        return JsonAnswer.Accepted(home.Jobs.Start("doctor", null, job => doctor.ExamineAsync(cancellationToken: job.Cancellation)));
    }

    private JsonAnswer Validate(ValidateRequestJson body)
    {
        if (body.Paths is not { Count: > 0 and <= MostPaths } paths) throw Invalid($"Name the folders or files, at most {MostPaths}: {{\"paths\": [\"/home/ada/skills\"]}}.");
        if (paths.Any(string.IsNullOrWhiteSpace)) throw Invalid("A path is empty.");
        foreach (var path in paths) FolderPath.Check(path);
        return JsonAnswer.Accepted(home.Jobs.Start("validate", null, job => Task.Run(() => Judge(job, paths))));
    }

    private IReadOnlyList<ArtifactProblem> Judge(Job job, IReadOnlyList<string> paths) => [.. paths.SelectMany(path => ArtifactJudge.Judge(Path.GetFullPath(path, home.BaseFolder), path, job.Cancellation))];

    private async Task<IEnumerable<RepairJson>> RepairAsync(Job job, bool isDry)
    {
        job.Report(0, 0, "Checking the home");
        // The opening settles interrupted changes, and what it says about them is among the findings.
        var store = isDry ? CollectionStore.OpenToRead(home.Store.Home, home.Time) : home.Options.OpenHome(home.Store.Home, home.Time);
        try
        {
            return [.. (await new HomeRepair(store).RepairAsync(isDry, home.LockTimeout, job.Cancellation)).Select(finding => RepairJson.Of(finding, isDry))];
        }
        finally
        {
            if (!isDry) home.DeploymentsChanged();
        }
    }

    private static SkillMeatException Invalid(string message) => new(ErrorIds.InvalidArgument, message);
}
