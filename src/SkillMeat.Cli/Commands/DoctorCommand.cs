using System.CommandLine;
using SkillMeat.Cli.Output;
using SkillMeat.Upstream.Diagnosis;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm doctor</c>.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandFactory commands)
    {
        var timeout = new TimeoutOption();
        return commands.Create(
            "doctor",
            "Checks each upstream host: reachability, token, credentials, limits, proxy, clock. Changes nothing. The exit code is 1 if there are problems.",
            [timeout.Symbol],
            async (run, parsed, cancellationToken) =>
            {
                var options = run.SessionOptions(new UpstreamOptions().Within(timeout.Read(parsed)));
                var store = run.OpenHomeToRead();
                IReadOnlyList<UpstreamFinding> findings;
                using (run.ShowProgress("Contacting the hosts…"))
                {
                    findings = await new UpstreamDoctor(store, options).ExamineAsync(cancellationToken: cancellationToken);
                }

                DoctorOutput.Write(run, findings);
                return findings.Any(finding => finding.Status == FindingStatus.Error) ? ExitCode.Error : ExitCode.Success;
            });
    }
}
