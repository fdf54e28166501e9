#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'Add-SkmArtifact' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:upstream = Join-Path (Split-Path -Path $sample) 'upstream'
        $script:PSDefaultParameterValues = @{ '*-Skm*:SkillMeatHome' = $sample }
    }

    It 'adds an artifact, with its files' {
        $added = Add-SkmArtifact -Spec (Join-Path $upstream 'skills/quick-sum')
        $added.ArtifactId | Should -Be 'skill:quick-sum'
        "$($added.Status)" | Should -Be 'Added'
        $added.Collection | Should -Be 'default'
        "$sample/collections/default/$($added.Path)/SKILL.md" | Should -Exist
        (Get-SkmArtifact -Name quick-sum).Description | Should -Be 'Adds up the numbers in a text.'
    }

    It 'takes a folder as relative to the location' {
        Push-Location -LiteralPath $upstream
        try {
            (Add-SkmArtifact ./skills/quick-sum).Name | Should -Be 'quick-sum'
        }
        finally {
            Pop-Location
        }
    }

    It 'takes specs and folders from the pipeline' {
        (Get-ChildItem -LiteralPath (Join-Path $upstream 'skills') -Filter 'quick*' | Add-SkmArtifact).ArtifactId | Should -Be 'skill:quick-sum'
        (Join-Path $upstream 'commands/release-notes.md' | Add-SkmArtifact -Type command).ArtifactId | Should -Be 'command:release-notes'
        @() | Add-SkmArtifact | Should -BeNullOrEmpty
    }

    It 'gives it another name, and puts it into another collection' {
        $null = New-SkmCollection -Name work
        $added = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum') -Name sums -Collection WORK
        $added.Collection, $added.Name | Should -Be 'work', 'sums'
        (Get-SkmArtifact -Collection work).ArtifactId | Should -Be 'skill:sums'
    }

    It 'adds all or none, with an error for each that can not be' {
        $before = Get-HomeState -Path (Join-Path $sample 'collections')
        $problems = $warnings = @()
        $added = Join-Path $upstream 'skills/quick-sum' | Add-SkmArtifact -ErrorAction SilentlyContinue -ErrorVariable problems
        $null = Remove-SkmArtifact -Name quick-sum -Force -SkipSnapshot -WarningAction SilentlyContinue
        $added | Should -Not -BeNullOrEmpty
        $problems | Should -BeNullOrEmpty
        $added = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum'), (Join-Path $upstream 'skills/nothing'), 'x' -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue -WarningVariable warnings
        $added | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -Be 'UpstreamNotFound,SkillMeat.Cmdlets.Commands.AddSkmArtifactCommand', 'InvalidArgument,SkillMeat.Cmdlets.Commands.AddSkmArtifactCommand'
        $problems[0].TargetObject.Spec | Should -BeLike '*nothing'
        "$warnings" | Should -BeLike '*all are added, or none*'
        Join-Path $sample 'collections/default/skills/quick-sum' | Should -Not -Exist
        (Get-SkmArtifact).Count | Should -Be 4
        $before | Should -Not -BeNullOrEmpty
    }

    It 'adds everything that a folder contains, or what matches' {
        (Add-SkmArtifact $upstream -Include quick*).ArtifactId | Should -Be 'skill:quick-sum'
        $all = Add-SkmArtifact $upstream -All
        ($all | Where-Object Status -EQ 'Added').ArtifactId | Should -Be 'command:release-notes'
        ($all | Where-Object Status -EQ 'Unchanged').ArtifactId | Should -Contain 'skill:pdf-tools'
        $problem = Get-Failure { Add-SkmArtifact $upstream -Include nosuch -ErrorAction Stop }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ArtifactNotFound,*'
        "$problem" | Should -BeLike '*Get-SkmUpstreamArtifact lists*'
        "$problem" | Should -Not -BeLike '*Get-SkmArtifact*'
    }

    It 'says how to add what a source contains if that is no artifact itself' {
        $problem = Get-Failure { Add-SkmArtifact $upstream -ErrorAction Stop -WarningAction SilentlyContinue }
        $problem.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        "$problem" | Should -BeLike '*-All adds all of them, and -Include those that match*'
        "$(Get-Failure { Add-SkmArtifact (Join-Path $upstream 'skills/nothing') -ErrorAction Stop -WarningAction SilentlyContinue })" | Should -Not -BeLike '*-All*'
    }

    It 'adds what can be added with -KeepGoing' {
        $problems = @()
        $added = Add-SkmArtifact $upstream, (Join-Path $upstream 'nosuch') -All -Type skill -KeepGoing -ErrorAction SilentlyContinue -ErrorVariable problems
        ($added | Where-Object Status -EQ 'Added').ArtifactId | Should -Be 'skill:quick-sum'
        $problems.FullyQualifiedErrorId | Should -Be 'UpstreamNotFound,SkillMeat.Cmdlets.Commands.AddSkmArtifactCommand'
    }

    It 'says with -WhatIf what is missing, one short line for each' {
        $long = Join-Path $upstream "skills/$('long-' * 15)name"
        Write-Text -Path (Join-Path $long 'SKILL.md') -Text "---`nname: long`ndescription: A long name`n---`n"
        $said = (Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command @"
Import-Module '$(Find-SkillMeat)'
Add-SkmArtifact '$upstream' -All -SkillMeatHome '$sample' -WhatIf
Get-SkmUpstreamArtifact '$upstream' -SkillMeatHome '$sample' | Add-SkmArtifact -SkillMeatHome '$sample' -WhatIf
"@).Output -split '\r?\n'
        $said.Count | Should -Be 6
        $said -like "*'release-notes'*" | Should -HaveCount 2
        $said -like '*pdf-tools*' | Should -BeNullOrEmpty
        $said -like "*as 'long-long-*…'*" | Should -HaveCount 2
    }

    It 'is not added again under another name' {
        $null = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum') -Name sums
        $again = Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum')
        "$($again.Status)", $again.ArtifactId | Should -Be 'Unchanged', 'skill:sums'
    }

    It 'refuses what does not fit together' {
        (Get-Failure { Add-SkmArtifact a/b/c, a/b/d -Name x }).FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
        (Get-Failure { Add-SkmArtifact a/b/c -Type thing }).Exception.Message | Should -BeLike '*not an artifact type*'
        (Get-Failure { Add-SkmArtifact (Join-Path $upstream 'skills/quick-sum') -Collection nosuch }).FullyQualifiedErrorId | Should -BeLike 'CollectionNotFound,*'
    }

    It 'adds nothing and asks nobody with -WhatIf' {
        $before = Get-HomeState -Path $sample
        Add-SkmArtifact octo/skills/skills/pdf -WhatIf | Should -BeNullOrEmpty
        Get-HomeState -Path $sample | Should -Be $before
    }
}
