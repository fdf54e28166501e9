#Requires -Version 7.4
<#
.SYNOPSIS
    Refreshes collections every day, with a scheduled task of Windows or a line of the user's crontab.
.DESCRIPTION
    The task runs Refresh-Collections.Runbook.ps1, which is next to this script, in a non-interactive PowerShell without a profile.

    In a crontab, the task is one line that ends with the comment '# SkillMeat refresh: ' and the task's name. All other lines are preserved byte for byte. A crontab
    that cannot be read is an error, and never treated as an empty one.
.PARAMETER TaskName
    The name of the task. Registering it again replaces it.
.PARAMETER SkillMeatHome
    The home folder.
.PARAMETER Collection
    The names of the collections; wildcards are allowed.
.PARAMETER At
    The time of the day, in local time.
.PARAMETER CheckOnly
    Only checks for updates, without changing anything.
.PARAMETER LogPath
    A file to which the output of the task is appended. By default, cron mails it to the user, and the task scheduler discards it.
.PARAMETER Unregister
    Removes the task.
.PARAMETER Scheduler
    TaskScheduler on Windows, Cron elsewhere.
.OUTPUTS
    The registered task, with its command line.
.EXAMPLE
    ./Register-RefreshTask.ps1 -SkillMeatHome ~/.skillmeat -At 06:30 -LogPath ~/skillmeat.log
.EXAMPLE
    ./Register-RefreshTask.ps1 -SkillMeatHome ~/.skillmeat -CheckOnly -WhatIf
    Shows what would be registered.
.EXAMPLE
    ./Register-RefreshTask.ps1 -Unregister
.NOTES
    A Windows task runs while its user is logged on. Neither kind of task has the variables of your terminal: put the GitHub token into the home's config.toml
    (settings.github-token), or use 'gh auth login'.
#>
[CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'Register')]
param(
    [ValidatePattern('^\w([\w .-]*\w)?\z')]
    [string] $TaskName = 'daily',

    [Parameter(Mandatory, ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $SkillMeatHome,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string[]] $Collection = '*',

    [Parameter(ParameterSetName = 'Register')]
    [timespan] $At = '06:30',

    [Parameter(ParameterSetName = 'Register')]
    [switch] $CheckOnly,

    [Parameter(ParameterSetName = 'Register')]
    [ValidateNotNullOrEmpty()]
    [string] $LogPath,

    [Parameter(Mandatory, ParameterSetName = 'Unregister')]
    [switch] $Unregister,

    [ValidateSet('TaskScheduler', 'Cron')]
    [string] $Scheduler = $IsWindows ? 'TaskScheduler' : 'Cron'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

# In Latin-1, each byte is one character, so that text in any encoding passes through unchanged.
$bytes = [System.Text.Encoding]::Latin1

function ConvertTo-Literal {
    param([string] $Text)

    "'{0}'" -f [System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($Text)
}

function ConvertTo-ByteText {
    param([string] $Text)

    $bytes.GetString([System.Text.Encoding]::UTF8.GetBytes($Text))
}

function ConvertTo-ShellWord {
    param([string] $Text)

    "'{0}'" -f $Text.Replace("'", "'\''")
}

function ConvertTo-WindowsArgument {
    param([string] $Text)

    # A backslash is literal, unless a quote follows.
    '"{0}"' -f ($Text -replace '(\\*)"', '$1$1\"' -replace '(\\+)\z', '$1$1')
}

function Get-PowerShellCommand {
    # As a .NET tool, PowerShell is a library that dotnet runs.
    if ([System.IO.Path]::GetFileNameWithoutExtension([System.Environment]::ProcessPath) -eq 'dotnet') {
        [System.Environment]::ProcessPath
        Join-Path $PSHOME 'pwsh.dll'
    }
    else {
        Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    }
}

function Get-ModulePath {
    # PowerShell in a scheduler searches fewer folders for modules than this session.
    $module = (Get-Module -Name SkillMeat | Select-Object -First 1) ?? (Get-Module -Name SkillMeat -ListAvailable | Select-Object -First 1)
    if (-not $module) {
        throw 'The module SkillMeat is not here. Import it first.'
    }

    # A newer version may be installed next to this one.
    $folder = [System.IO.Path]::GetFileName($module.ModuleBase) -eq $module.Version ? [System.IO.Path]::GetDirectoryName($module.ModuleBase) : $module.ModuleBase
    [System.IO.Path]::GetFileName($folder) -eq 'SkillMeat' ? $folder : [System.IO.Path]::Combine($module.ModuleBase, 'SkillMeat.psd1')
}

function Get-RefreshCommand {
    # -Command is used because -File cannot pass lists, load a module first or, without a shell, write a log.
    $arguments = "-SkillMeatHome $(ConvertTo-Literal -Text $folder) -Collection $(($Collection | ForEach-Object { ConvertTo-Literal -Text $_ }) -join ', ')"
    $script = ConvertTo-Literal -Text ([System.IO.Path]::Combine($PSScriptRoot, 'Refresh-Collections.Runbook.ps1'))
    $command = "Import-Module $(ConvertTo-Literal -Text (Get-ModulePath)); & $script $arguments$($CheckOnly ? ' -CheckOnly' : '')"

    # The redirection does not include a terminating error, so it is caught and written to the log.
    if ($log) {
        $file = ConvertTo-Literal -Text $log
        $command = "`$PSStyle.OutputRendering = 'PlainText'; try { & { $command } *>> $file } catch { 'ERROR: ' + `$_ >> $file; exit 1 }"
    }

    $command
}

function Invoke-Crontab {
    param([string] $Argument, [string] $Content)

    $start = [System.Diagnostics.ProcessStartInfo]::new('crontab', $Argument)
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardInputEncoding = $start.StandardOutputEncoding = $bytes
    # The error messages are evaluated, so they must be in English.
    $start.Environment['LC_ALL'] = 'C'
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $said = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEndAsync()
        try {
            $process.StandardInput.Write($Content)
            $process.StandardInput.Close()
        }
        catch [System.IO.IOException] {
            Write-Verbose 'crontab did not read to the end; its exit code says why.'
        }

        $process.WaitForExit()
        [pscustomobject]@{ ExitCode = $process.ExitCode; Output = $output.GetAwaiter().GetResult(); ErrorText = $said.GetAwaiter().GetResult().Trim() }
    }
    finally {
        $process.Dispose()
    }
}

function Get-Crontab {
    $read = Invoke-Crontab -Argument '-l'
    if ($read.ExitCode -eq 0) {
        return $read.Output
    }

    # Only a missing crontab is not an error. cron prints the first message, busybox the second.
    if ($read.Output -eq '' -and $read.ErrorText -match '\A(crontab: )?no crontab for \S+\z|\Acrontab: can''t open ''[^/'']+'': No such file or directory\z') {
        return ''
    }

    throw "The crontab can't be read, so it is left as it is. 'crontab -l' ended with exit code $($read.ExitCode): $($read.ErrorText)"
}

function Write-Crontab {
    param([string] $Content)

    $written = Invoke-Crontab -Argument '-' -Content $Content
    if ($written.ExitCode -ne 0) {
        throw "The crontab could not be written, so it is as it was. 'crontab -' ended with exit code $($written.ExitCode): $($written.ErrorText)"
    }
}

function Register-CronTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    # -WhatIf also shows the task on a computer that is not the one to register it on.
    $hasCron = [bool](Get-Command -Name crontab -CommandType Application -ErrorAction Ignore)
    if (-not $hasCron -and -not $WhatIfPreference) {
        throw "There is no 'crontab' on the PATH."
    }

    $mark = ConvertTo-ByteText -Text " # SkillMeat refresh: $TaskName"
    # Each line includes its line end.
    $lines = @([regex]::Matches(($hasCron ? (Get-Crontab) : ''), '[^\n]*\n|[^\n]+\z') | ForEach-Object { $_.Value })
    $others = @($lines | Where-Object { -not $_.TrimEnd("`r", "`n").EndsWith($mark, [System.StringComparison]::Ordinal) }) -join ''
    if ($Unregister) {
        if ($others.Length -eq ($lines -join '').Length) {
            Write-Warning "The crontab has no line of a task '$TaskName'."
        }
        elseif ($PSCmdlet.ShouldProcess('crontab', "Remove the line of task '$TaskName'")) {
            Write-Crontab -Content $others
        }

        return
    }

    $program = @(Get-PowerShellCommand | ForEach-Object { ConvertTo-ShellWord -Text $_ }) -join ' '
    $command = '{0} -NoProfile -NonInteractive -Command {1}' -f $program, (ConvertTo-ShellWord -Text (Get-RefreshCommand))
    if ($command -match '[\r\n]') {
        throw 'A line of a crontab can hold no line end, and a path or a name here does.'
    }

    # In a crontab, an unescaped % ends the command.
    $line = "$($At.Minutes) $($At.Hours) * * * $($command.Replace('%', '\%')) # SkillMeat refresh: $TaskName"
    if ($PSCmdlet.ShouldProcess('crontab', "Set the line of task '$TaskName': $line")) {
        $end = $others -and -not $others.EndsWith("`n") ? "`n" : ''
        Write-Crontab -Content "$others$end$(ConvertTo-ByteText -Text $line)`n"
        [pscustomobject]@{ TaskName = $TaskName; Scheduler = $Scheduler; Command = $line }
    }
}

function Register-WindowsTask {
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $hasScheduler = [bool](Get-Command -Name Register-ScheduledTask -ErrorAction Ignore)
    if (-not $hasScheduler -and -not $WhatIfPreference) {
        throw "There is no task scheduler here: the module ScheduledTasks is missing."
    }

    # In a separate folder, the name cannot collide with other tasks.
    $task = @{ TaskName = $TaskName; TaskPath = '\SkillMeat\' }
    if ($Unregister) {
        if (-not ($hasScheduler -and (Get-ScheduledTask @task -ErrorAction Ignore))) {
            Write-Warning "There is no scheduled task '$TaskName' in the folder $($task.TaskPath)."
        }
        elseif ($PSCmdlet.ShouldProcess("$($task.TaskPath)$TaskName", 'Unregister the scheduled task')) {
            Unregister-ScheduledTask @task -Confirm:$false
        }

        return
    }

    $program, $script = @(Get-PowerShellCommand)
    $leading = $script ? "$(ConvertTo-WindowsArgument -Text $script) " : ''
    $arguments = "$leading-NoProfile -NonInteractive -Command $(ConvertTo-WindowsArgument -Text (Get-RefreshCommand))"
    $line = "$(ConvertTo-WindowsArgument -Text $program) $arguments"
    if ($PSCmdlet.ShouldProcess("$($task.TaskPath)$TaskName", "Register the scheduled task, daily at $($At.ToString('hh\:mm')): $line")) {
        $task['Action'] = New-ScheduledTaskAction -Execute $program -Argument $arguments
        $task['Trigger'] = New-ScheduledTaskTrigger -Daily -At ([datetime]::Today + $At)
        # A laptop that was asleep at that time runs the task later.
        $task['Settings'] = New-ScheduledTaskSettingsSet -StartWhenAvailable -MultipleInstances IgnoreNew
        $null = Register-ScheduledTask @task -Force
        [pscustomobject]@{ TaskName = $TaskName; Scheduler = $Scheduler; Command = $line }
    }
}

if (-not $Unregister) {
    if ($At -lt [timespan]::Zero -or $At -ge [timespan]::FromDays(1)) {
        throw "-At takes a time of the day, not $At."
    }

    $folder = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($SkillMeatHome)
    if (-not (Test-Path -LiteralPath $folder -PathType Container)) {
        throw "There is no home at $folder."
    }

    $log = $LogPath ? $PSCmdlet.GetUnresolvedProviderPathFromPSPath($LogPath) : ''
    if ($log -and -not (Test-Path -LiteralPath ([System.IO.Path]::GetDirectoryName($log)) -PathType Container)) {
        throw "There is no folder for the log $log."
    }
}

if ($Scheduler -eq 'Cron') {
    Register-CronTask
}
else {
    Register-WindowsTask
}
