using SkillMeat.Upstream.Diagnosis;

namespace SkillMeat.Cli.Output;

/// <summary>How the findings about upstreams are written.</summary>
internal static class DoctorOutput
{
    public static void Write(CommandRun run, IReadOnlyList<UpstreamFinding> findings)
    {
        if (!run.IsJson)
        {
            run.Tables().Write(["Host", "Check", "Status", "Message"], findings.Select(finding => new[] { finding.Host, finding.Check, Show(finding.Status), finding.Message }));
            run.Say(Summarize(findings));
            return;
        }

        run.WriteJson(json =>
        {
            json.WriteStartArray();
            foreach (var finding in findings)
            {
                json.WriteStartObject();
                json.WriteString("host", finding.Host);
                json.WriteString("check", finding.Check);
                json.WriteString("status", Show(finding.Status));
                json.WriteString("message", finding.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static string Show(FindingStatus status) => status switch
    {
        FindingStatus.Ok => "ok",
        FindingStatus.Warning => "warning",
        _ => "error",
    };

    private static string Summarize(IReadOnlyList<UpstreamFinding> findings)
    {
        var errors = findings.Count(finding => finding.Status == FindingStatus.Error);
        var warnings = findings.Count(finding => finding.Status == FindingStatus.Warning);
        return errors + warnings == 0 ? "All is well." : $"{errors} {(errors == 1 ? "error" : "errors")}, {warnings} {(warnings == 1 ? "warning" : "warnings")}.";
    }
}
