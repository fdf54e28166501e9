using SkillMeat.Cli;

using var cancelled = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    // The first Ctrl+C lets the running operation roll back; a second one ends the process.
    press.Cancel = !cancelled.IsCancellationRequested;
    cancelled.Cancel();
};

using var host = SkmHost.OfProcess();
return await SkmApp.RunAsync(args, host, cancelled.Token);
