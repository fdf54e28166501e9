using SkillMeat.Upstream.Diagnosis;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the findings about upstreams.</summary>
internal static class DoctorOutput
{
    public static void Write(CommandRun run, IReadOnlyList<UpstreamFinding> findings)
    {
        if (run.IsJson)
        {
            run.WriteJson(findings);
            return;
        }

        run.Tables().Write(["Host", "Check", "Status", "Message"], findings.Select(finding => new[] { finding.Host, finding.Check, EnumName.Of(finding.Status), finding.Message }));
        run.Say(Summarize(findings));
    }

    private static string Summarize(IReadOnlyList<UpstreamFinding> findings)
    {
        var errors = findings.Count(finding => finding.Status == FindingStatus.Error);
        var warnings = findings.Count(finding => finding.Status == FindingStatus.Warning);
        return errors + warnings == 0 ? "No problems found." : $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}.";
    }
}
